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
    landed.nik,
    landed.nik_status,
    landed.name,
    landed.birth_date,
    landed.family_card_number,
    link.person_id,
    link.person_key,
    link.family_key,
    link.match_band,
    landed.usable_card as own_card,
    registered.card as registry_card,
    landed.nik is null and landed.name is null as names_family_only,
    decision.outcome in ('MD', 'PD', 'TT') as concerns_presence
from eligibility_decisions as decision
join person_rows as landed using (row_id)
join people as link using (row_id)
left join registry_people as registered on registered.row_id = link.registered_id
where decision.decided_on is null or decision.decided_on <= $period_end
