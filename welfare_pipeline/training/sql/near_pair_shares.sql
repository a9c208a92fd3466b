-- One row per way in which NIK and birth date of near strangers compare, with its share of all their pairs.
with people as (
    select subdistrict, count(*) as n
    from (
        select subdistrict from person where is_reference or not $has_reference order by hash(row_id) limit $people
    )
    group by subdistrict
),

pairs as (
    select
        coalesce(sum(n * (n - 1) / 2) filter (where subdistrict is not null), 0) as near,
        sum(n) * (sum(n) - 1) / 2 as all_pairs
    from people
)

select
    number_birth_code as code,
    count(*) / max(case when is_near then pairs.near else pairs.all_pairs - pairs.near end) as share
from pair_level
cross join pairs
where not family
group by number_birth_code
