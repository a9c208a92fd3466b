-- One row per figure of the count.
with figures as (
    unpivot (
        select
            sum(male)::bigint as men,
            sum(female)::bigint as women,
            sum(total) filter (male is not null and female is not null)::bigint as total
        from {batch}
    ) on columns(*) into name label value figure
)

select
    in_both(label, case label
        when 'men' then 'laki-laki'
        when 'women' then 'perempuan'
        when 'total' then 'jumlah'
    end) as label,
    figure
from figures
