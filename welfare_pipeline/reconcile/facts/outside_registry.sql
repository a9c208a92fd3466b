-- One row per recipient row that nothing ties to an active registry person, and whose link is settled.
-- The dead and the moved have a reason of their own; a family programme is covered by anyone on the card.
select
    row_id,
    registry_demand,
    case
        when linked then format('registered as not active: {} row {}', registry_file, registry_row)
        else 'no registry person agrees in number, family card, or name with birth date'
    end as evidence
from recipients
where
    match_band <> 'review'
    and not linked_active
    and not (unit = 'family' and on_active_card)
    and coalesce(presence not in ('MD', 'PD'), true)
