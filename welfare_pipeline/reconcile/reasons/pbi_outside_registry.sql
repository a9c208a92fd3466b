-- One row per recipient row whose programme asks to verify people outside the registry, while nobody has decided.
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
    recipients.registry_demand = 'to_verify'
    and recipients.match_band <> 'review'
    and not recipients.linked_active
    and not (recipients.unit = 'family' and recipients.on_active_card)
    and coalesce(recipients.presence not in ('MD', 'PD'), true)
    and standing_decisions.row_id is null
