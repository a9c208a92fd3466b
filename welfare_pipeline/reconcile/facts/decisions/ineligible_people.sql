-- One row per person whose latest decision for all programmes denies eligibility (and when), or whom a fact removes.
with latest as (
    select person_id, outcome, judged
    from decisions
    where programme is null and not names_family_only
    qualify row_number() over (partition by person_id order by judged desc) = 1
)

select person_id, judged from latest where outcome <> 'LAYAK'
union all
select person_id, null from civil_people where status in ('MD', 'PD')
union all
select person_id, null from listed_presence
