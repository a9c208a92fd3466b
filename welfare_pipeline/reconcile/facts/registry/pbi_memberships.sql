-- One row per person and month, of this month's PBI list and of the nearest earlier one that landed: under the key that the
-- person has now.
with before as (
    select max(period) as period from earlier_recipient_outcomes where programme = 'pbi_jkn'
)

select
    $period as period,
    people.person_key,
    any_value(people.family_key order by recipients.row_id) as family_key,
    arg_min(recipients.village_code, recipients.row_id) filter (recipients.village_code is not null) as village_code,
    false as is_repeated
from recipients
join people using (row_id)
where recipients.programme = 'pbi_jkn'
group by people.person_key
union all by name
select
    earlier.period,
    coalesce(recognised_people.person_key, earlier.person_key) as person_key,
    any_value(earlier.family_key order by earlier.source_file, earlier.source_row) as family_key,
    any_value(earlier.village_code order by earlier.source_file, earlier.source_row) as village_code,
    bool_or(
        list_has_any(earlier.reasons, ['DUPLICATE_PERSON', 'DUPLICATE_FAMILY', 'DUPLICATE_ACROSS_DISTRICTS'])
    ) as is_repeated
from earlier_recipient_outcomes as earlier
semi join before using (period)
left join recognised_people on recognised_people.earlier_key = earlier.person_key
where earlier.programme = 'pbi_jkn'
group by earlier.period, coalesce(recognised_people.person_key, earlier.person_key)
