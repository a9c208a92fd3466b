-- One row per registry row: who it is, whether the person is active on the period's last day, and the usable card.
select
    registry.row_id,
    links.person_id,
    links.family_key,
    registry.village_code,
    registry.nik,
    registry.nik_status,
    registry.birth_date,
    registry.decile_lowest,
    registry.decile_highest,
    registry.unranked,
    registry.relationship,
    case
        when registry.card_status = 'valid' and oversize_cards.card is null then registry.family_card_number
    end as card,
    case
        when registry.status_date is null or registry.status_date <= $period_end then registry.status
    end as presence,
    registry.status_date as presence_on,
    coalesce(presence not in ('MD', 'PD', 'TT'), true) as active
from registry
join links using (row_id)
left join oversize_cards on oversize_cards.card = registry.family_card_number
