-- One row per active registry person of this month, and of each earlier one that it is held against.
with landed as (
    select * from registry
    union all by name
    select * from earlier_registry
)

select
    landed.period,
    landed.source_file,
    landed.source_row,
    landed.village_code,
    case when landed.card_status = 'valid' then landed.family_card_number end as card,
    landed.decile_lowest,
    landed.decile_highest,
    coalesce(landed.unranked, false) as is_unranked,
    landed.decile_lowest is not null or coalesce(landed.unranked, false) as says_rank,
    coalesce(landed.snapshot, quarters.snapshot) as snapshot
from landed
left join quarters using (period)
where
    coalesce(landed.status not in ('MD', 'PD', 'TT'), true)
    or landed.status_date > last_day((landed.period || '-01')::date)
