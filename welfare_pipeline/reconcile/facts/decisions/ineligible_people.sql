-- One row per person whose latest decision for all programmes denies eligibility (and when), or whom a fact removes. What
-- is said of somebody whom the registry has as active, though dead or moved by the civil registry, is said of the family as
-- long as there is another member of it.
with absent as (
    select distinct person_id from standing_statements where list = 'civil_status' and status in ('MD', 'PD')
),

families_left as (
    select distinct registered.person_id
    from registry_people as registered
    semi join absent on absent.person_id = registered.person_id
    join registry_people as member on member.card = registered.card and member.active
    anti join absent as gone on gone.person_id = member.person_id
    where registered.active
),

latest as (
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
select person_id, null from absent anti join families_left using (person_id)
union all
select person_id, null from listed_presence
