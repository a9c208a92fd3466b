-- One row per person whose latest decision for all programmes denies eligibility (and when), or whom a fact removes.
with latest as (
    select person_id, outcome, decided_on, judged, has_lapsed
    from decisions
    where programme is null and not names_family_only
    qualify row_number() over (partition by person_id order by judged desc) = 1
)

select latest.person_id, latest.judged
from latest
left join (select person_id, max(here_on) as here_on from here_facts group by person_id) as seen using (person_id)
where
    latest.outcome not in ('LAYAK', 'DD')
    and not latest.has_lapsed
    and not (latest.outcome in ('PD', 'TT') and coalesce(seen.here_on > latest.judged.dated_on, false))
union all
select person_id, null from standing_statements where list = 'civil_status' and status in ('MD', 'PD')
union all
select person_id, null from listed_presence
