-- One row per earlier key that nobody has now, under which a person of this month is surely known: by the number with the
-- name, by the registry id, or because nothing has changed. Not where people have said that the two are not one.
with open_claim as (
    select key_claim.*, own.person_key as present_key
    from key_claim
    inner join person_key as own on key_claim.person_id = own.person_id
    where key_claim.evidence >= 8
        and key_claim.person_key not in (select person_key.person_key from person_key)
)

select open_claim.person_key as earlier_key, open_claim.present_key as person_key
from open_claim
left join two_people
    on open_claim.person_key = two_people.person_key and open_claim.present_key = two_people.other_key
where two_people.person_key is null
qualify
    row_number() over (
        partition by open_claim.person_key order by open_claim.evidence desc, open_claim.person_id
    ) = 1
