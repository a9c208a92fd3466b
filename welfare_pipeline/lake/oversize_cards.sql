-- One row per family card number that stands beside more people than a family has: it proves no family.
-- A person has one number and one name; who lacks one of them in a list, or is spelt otherwise there, is no further person.
with carried as (
    select row_id, family_card_number as card, nik, nik_status, name from registry where card_status = 'valid'
    union all
    select row_id, family_card_number, nik, nik_status, name
    from recipient_rows
    where card_status = 'valid'
),

crowded as (
    select card from (select card, count(*) as rows from carried group by card) where rows > most
),

named as (
    select
        carried.card,
        case when carried.nik_status = 'valid' then carried.nik end as number,
        nullif(regexp_replace(upper(carried.name), '[^A-Z0-9]', '', 'g'), '') as name,
        carried.row_id::varchar as place
    from carried
    semi join crowded using (card)
),

counted as (
    select
        card,
        greatest(
            count(distinct number),
            least(count(distinct coalesce(number, name, place)), count(distinct coalesce(name, number, place)))
        ) as people
    from named
    group by card
)

select card
from counted
where people > most
