-- One row per person whose latest decision for all programmes denies eligibility, or whom a fact removes.
with latest as (
    select person_id, outcome
    from decisions
    where programme is null and not names_family_only
    qualify row_number() over (partition by person_id order by decided_on desc nulls last, row_id desc) = 1
)

select person_id from latest where outcome <> 'LAYAK'
union
select person_id from civil_people where status in ('MD', 'PD')
union
select person_id from listed_presence
