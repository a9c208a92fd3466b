-- One row per two keys that people were asked about, with the answer that holds: the latest by date, month and file order.
select person_key, registry_person_key, answer, dated_on, period, row_id
from known_answer
where registry_person_key is not null and dated_on <= $period_end
qualify
    row_number() over (
        partition by least(person_key, registry_person_key), greatest(person_key, registry_person_key)
        order by dated_on desc, period desc, row_id desc
    ) = 1
