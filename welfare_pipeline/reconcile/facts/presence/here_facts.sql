-- One row per person and list that, with a date, says that the person is here: the latest time.
select person_id, list, max(place) as here, max(dated_on) as here_on
from presence_statements
where status in ('AKTIF', 'DD')
group by person_id, list
union all
select
    person_id,
    'eligibility_decisions',
    max({'dated_on': dated_on, 'first_landed': judged.first_landed, 'row_id': row_id}),
    max(dated_on)
from decisions
where outcome in ('LAYAK', 'DD') and decided_on is not null and not names_family_only
group by person_id
