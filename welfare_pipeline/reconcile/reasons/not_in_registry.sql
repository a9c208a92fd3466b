-- One row per recipient row whose programme demands the registry and that nothing ties to an active registry person.
select
    recipients.row_id,
    case
        when recipients.linked
            then format('registered as not active: {} row {}', recipients.registry_file, recipients.registry_row)
        else 'no registry person agrees in number, family card, or name with birth date'
    end as evidence
from recipients
left join standing_decisions using (row_id)
where
    recipients.registry_demand = 'off_target'
    and recipients.match_band <> 'review'
    and not recipients.linked_active
    and not (recipients.unit = 'family' and recipients.on_active_card)
    and coalesce(recipients.presence not in ('MD', 'PD'), true)
    and standing_decisions.outcome is distinct from 'LAYAK'
