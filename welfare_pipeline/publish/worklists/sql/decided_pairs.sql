-- One row per village of a person about whom an answer is known, and one ('') of the district: how many pairs are decided.
with keys as (
    select earlier_key as person_key, person_key as present_key from recognised_people
    union
    select person_key, person_key from remembered_answers
),

decided as (
    select answers.pair_id, min(people.village_code) as village_code
    from remembered_answers as answers
    left join keys using (person_key)
    left join links on links.person_key = keys.present_key and links.row_id = links.person_id
    left join person_rows as people on people.row_id = links.row_id
    group by answers.pair_id
)

select village_code, count(*) from decided where village_code is not null group by village_code
union all
select '', count(*) from decided
