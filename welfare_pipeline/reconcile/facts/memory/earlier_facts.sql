-- One row per fact of an earlier month that counts by the period's last day, with the person of this month that it concerns. A
-- person on no list of this month has a number below 0, and the family in which a list last named the person.
with keyed as (
    select fact.*, coalesce(recognised_people.person_key, fact.person_key) as present_key
    from remembered_before as fact
    left join recognised_people on recognised_people.earlier_key = fact.person_key
    where fact.dated is null or fact.dated <= $period_end
),

present as (
    select person_key, person_id, family_key, match_method, match_band, match_probability from links where row_id = person_id
),

absent as (
    select named.person_key, max_by(named.family_key, row(named.period, named.identity)) as family_key
    from earlier_remembered_people as named
    semi join keyed on keyed.present_key = named.person_key
    anti join present on present.person_key = named.person_key
    group by named.person_key
)

select
    keyed.period,
    keyed.row_id,
    keyed.first_landed,
    keyed.list,
    keyed.source_file,
    keyed.source_row,
    coalesce(present.person_id, -dense_rank() over (order by keyed.present_key)) as person_id,
    present.person_id is not null as is_present,
    keyed.present_key as person_key,
    if(keyed.names_family_only, keyed.family_key, coalesce(present.family_key, absent.family_key, keyed.family_key)) as family_key,
    keyed.family_key as family_then,
    keyed.card_key,
    keyed.number_key,
    keyed.names_family_only,
    coalesce(present.match_method, 'none') as match_method,
    coalesce(present.match_band, keyed.match_band) as match_band,
    coalesce(present.match_probability, 0) as match_probability,
    keyed.programme,
    keyed.said,
    keyed.dated,
    keyed.ktp_recorded,
    keyed.village_code,
    keyed.disposition,
    keyed.reason,
    keyed.settled_on
from keyed
left join present on present.person_key = keyed.present_key
left join absent on absent.person_key = keyed.present_key
