-- One row per proposal, decision and complaint of an earlier month, with the person's identity as it landed (unless that is
-- purged), the registry row that the person has now, and the family's card: the present one, else the one that landed.
with registered as (
    select person_id, min(row_id) as registered_id from registry_people group by person_id
),

cards as (
    select period, row_id, min(card) as card from earlier_cards group by period, row_id
)

select
    earlier.period,
    earlier.row_id,
    earlier.first_landed,
    false as is_own,
    earlier.list,
    earlier.source_file,
    earlier.source_row,
    named.nik,
    coalesce(named.nik_status, 'missing') as nik_status,
    named.name,
    named.birth_date,
    named.family_card_number,
    earlier.village_code,
    earlier.said,
    earlier.dated as proposed_on,
    earlier.person_id,
    earlier.person_key,
    earlier.family_key,
    earlier.match_method,
    earlier.match_band,
    earlier.match_probability,
    registered.registered_id,
    coalesce(cards.card, case when named.card_status = 'valid' then named.family_card_number end) as card,
    earlier.card_key,
    earlier.names_family_only
from earlier_facts as earlier
left join registered on registered.person_id = earlier.person_id
left join cards on cards.period = earlier.period and cards.row_id = earlier.row_id
left join earlier_names as named on named.period = earlier.period and named.row_id = earlier.row_id
where
    earlier.list in ('proposals', 'complaints')
    or (earlier.list = 'eligibility_decisions' and earlier.said is not null)
