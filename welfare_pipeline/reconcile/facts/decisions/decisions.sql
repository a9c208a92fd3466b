-- One row per village decision made by the period's last day.
select
    decision.row_id,
    decision.source_file,
    decision.source_row,
    decision.programme,
    decision.outcome,
    decision.decided_on,
    -- by date (an undated one is the oldest), then file order: the greatest is the latest
    {'decided_on': coalesce(decision.decided_on, date '0001-01-01'), 'row_id': decision.row_id} as judged,
    decision.village_code,
    decision.nik,
    decision.nik_status,
    decision.name,
    decision.birth_date,
    decision.family_card_number,
    link.person_id,
    link.person_key,
    link.family_key,
    link.match_band,
    case when decision.card_status = 'valid' and oversize.card is null then decision.family_card_number end as own_card,
    registered.card as registry_card,
    decision.nik is null and decision.name is null as names_family_only,
    decision.outcome in ('MD', 'PD', 'TT') as concerns_presence
from eligibility_decisions as decision
join people as link using (row_id)
left join registry_people as registered on registered.row_id = link.registered_id
left join oversize_cards as oversize on oversize.card = decision.family_card_number
where decision.decided_on is null or decision.decided_on <= $period_end
