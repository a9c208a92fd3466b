-- One row per figure whose villages do not add up to the district.
with figures as (
    select
        population, registry_persons, recipients, recipients_pkh, recipients_sembako, recipients_pbi_jkn,
        recipients_bst, recipients_yapi, recipients_disability, recipients_elderly, off_target, to_verify, unresolved,
        on_target, unregistered_households_certain, unregistered_households_possible,
        misranked_households_certain, misranked_households_possible, unserved_households, pbi_left, pbi_left_urgent,
        pbi_returned
    from village_summary
),

villages as (
    unpivot (select coalesce(sum(columns(*)), 0)::bigint from figures) on columns(*) into name measure value of_villages
),

district as (
    unpivot {batch} on
        population, registry_persons, recipients, recipients_pkh, recipients_sembako, recipients_pbi_jkn,
        recipients_bst, recipients_yapi, recipients_disability, recipients_elderly, off_target, to_verify, unresolved,
        on_target, unregistered_households_certain, unregistered_households_possible,
        misranked_households_certain, misranked_households_possible, unserved_households, pbi_left, pbi_left_urgent,
        pbi_returned
    into name measure value of_district
)

select
    in_both(
        measure || ': villages ' || of_villages || ', district ' || coalesce(of_district::varchar, 'none'),
        'Jumlah menurut desa ' || of_villages || ', menurut kabupaten/kota ' || coalesce(of_district::varchar, 'tidak ada')
    ) as example
from villages
left join district using (measure)
where of_villages <> coalesce(of_district, 0)
