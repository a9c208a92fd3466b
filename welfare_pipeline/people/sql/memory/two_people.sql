-- One row per two keys that people have said are not one person, either way round.
select person_key, registry_person_key as other_key from standing_answer where answer = 'DIFFERENT'
union
select registry_person_key, person_key from standing_answer where answer = 'DIFFERENT'
