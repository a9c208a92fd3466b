-- One row per price seen, against the reference and against the district's median of that commodity and unit.
with compared as (
    select
        *,
        median(price) over (
            partition by upper(trim(commodity)), upper(trim(coalesce(unit, '')))
        ) as district_median
    from outlet_prices
)

select
    source_file,
    source_row,
    outlet_id,
    village_code,
    commodity,
    unit,
    price,
    reference_price,
    district_median,
    price - reference_price as above_reference,
    (price - reference_price) / nullif(reference_price, 0) as above_reference_share,
    (price - district_median) / nullif(district_median, 0) as above_median_share,
    reason,
    families_served,
    families_served > $outlet_family_limit as serves_too_many,
    case
        when price <= reference_price then 'within_reference'
        when reason is null then 'candidate_for_sanction'
        else 'reason_to_accept'
    end as finding
from compared
