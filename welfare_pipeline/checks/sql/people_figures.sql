-- One row per figure of the count.
unpivot (
    select
        sum(male)::bigint as men,
        sum(female)::bigint as women,
        sum(total) filter (male is not null and female is not null)::bigint as total
    from {batch}
) on columns(*) into name label value figure
