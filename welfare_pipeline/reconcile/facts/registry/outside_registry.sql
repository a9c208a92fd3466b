-- One row per recipient row that no active registry person is tied to. `settled` is false where people are still asked whether
-- it is a registry person: here only rows that share no more with that person than the number, or than name and birth date.
-- The dead and the moved have a reason of their own; a family programme is covered by anyone on the card.
with unlikely as (
    select row_id from disputed_numbers
    union
    select row_id from likely_namesakes
),

unlinked as (
    select *, match_band <> 'review' as settled
    from recipients
    where
        (match_band <> 'review' or row_id in (from unlikely))
        and not linked_active
        and coalesce(presence not in ('MD', 'PD'), true)
        and person_id not in (select person_id from listed_presence)
)

select
    unlinked.row_id,
    unlinked.programme,
    unlinked.registry_demand,
    unlinked.settled,
    case
        when unlinked.linked
            then evidence_item(
                'not_active', 'registry', absence.source_file, absence.source_row, absence.dated, unlinked.presence,
                absence.period
            )
        else evidence_item('not_registered', unlinked.programme, unlinked.source_file, unlinked.source_row)
    end as item
from unlinked
left join covered_recipients as covered using (row_id)
left join registry_absences as absence on absence.registered_id = unlinked.registered_id
where unlinked.unit <> 'family' or covered.row_id is null
