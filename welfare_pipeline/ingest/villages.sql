-- One row per place as landed (place_id): the village it is, if that can be told, and whether it lies elsewhere
with villages as (
    select distinct on (village_code, village_key, subdistrict_key) village_code, village_key, subdistrict_key
    from population_villages
),
coded_villages as (
    select distinct on (village_code) village_code, village_key, subdistrict_key
    from villages
    order by village_code, village_key, subdistrict_key
),
namesakes as (
    select
        places.place_id,
        villages.village_code,
        case
            when villages.subdistrict_key = places.subdistrict_key then 3
            when levenshtein(villages.subdistrict_key, places.subdistrict_key) <= $slips then 2
            when villages.subdistrict_key is null or places.subdistrict_key is null then 1
            else 0
        end as agreement
    from places
    inner join villages on places.village_key = villages.village_key
),
closest_namesakes as (
    select place_id, village_code, agreement
    from namesakes
    where agreement > 0
    qualify agreement = max(agreement) over (partition by place_id)
),
named_villages as (
    select place_id, min(village_code) as village_code, min(agreement) as agreement
    from closest_namesakes
    group by place_id
    having count(distinct village_code) = 1
),
judged as (
    select
        places.place_id,
        places.village_code as landed_code,
        coded_villages.village_code as coded_village,
        named_villages.village_code as named_village,
        not starts_with(places.village_code, $district) as elsewhere,
        case
            when coded_villages.village_key is null or places.village_key is null then false
            when places.village_key = coded_villages.village_key
                then coalesce(named_villages.agreement = 3 and named_villages.village_code <> coded_villages.village_code, false)
            when named_villages.village_code is not null then named_villages.village_code <> coded_villages.village_code
            else
                jaro_winkler_similarity(places.village_key, coded_villages.village_key) < $alike
                and not contains(places.village_key, coded_villages.village_key)
                and not contains(coded_villages.village_key, places.village_key)
                and coalesce(levenshtein(places.subdistrict_key, coded_villages.subdistrict_key) > $slips, true)
        end as contradicted
    from places
    left join coded_villages on places.village_code = coded_villages.village_code
    left join named_villages on places.place_id = named_villages.place_id
)
select
    place_id,
    case
        when coded_village is not null and not contradicted then coded_village
        when not elsewhere and coded_village is null and $keep_unlisted then landed_code
        else named_village
    end as village_code,
    coalesce((elsewhere or contradicted) and named_village is null, false) as is_foreign
from judged
order by place_id
