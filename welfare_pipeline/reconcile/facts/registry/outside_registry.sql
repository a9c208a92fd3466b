-- One row per recipient row that nothing ties to an active registry person, and whose link is settled.
-- The dead and the moved have a reason of their own; a family programme is covered by anyone on the card.
with unlinked as (
    select *
    from recipients
    where
        match_band <> 'review'
        and not linked_active
        and coalesce(presence not in ('MD', 'PD'), true)
        and person_id not in (select person_id from listed_presence)
)

select
    unlinked.row_id,
    unlinked.programme,
    unlinked.registry_demand,
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
