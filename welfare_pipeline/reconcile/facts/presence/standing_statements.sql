-- One row per statement of absence that holds. Moves and absence end by any later dated fact that the person is here. A death
-- ends only by the word of those who told of it; what a list said of it in an earlier month, and says no more, by that
-- of the civil registry or of a village meeting, too.
with seen as (
    select person_id, max(here) as here from here_facts group by person_id
),

judged_here as (
    select person_id, max(here) as here
    from here_facts
    where list in ('civil_status', 'eligibility_decisions')
    group by person_id
),

-- The latest day up to which a disposition takes such a statement away.
disproved as (
    select
        person_id,
        case reason when 'DECEASED' then 'MD' when 'MOVED_AWAY' then 'PD' else 'TT' end as status,
        max(dated_on) as dated_on,
        max(until_on) as until_on
    from disproved_facts
    where reason in ('DECEASED', 'MOVED_AWAY', 'NOT_FOUND') and person_id is not null
    group by all
)

select statement.*
from presence_statements as statement
left join here_facts as by_itself on by_itself.person_id = statement.person_id and by_itself.list = statement.list
left join seen on seen.person_id = statement.person_id
left join judged_here on judged_here.person_id = statement.person_id
left join disproved on disproved.person_id = statement.person_id and disproved.status = statement.status
where
    not coalesce(
        if(statement.dated is null, statement.dated_on <= disproved.until_on, statement.dated_on <= disproved.dated_on), false
    )
    and statement.status in ('MD', 'PD', 'TT')
    and case
        when statement.status <> 'MD' then coalesce(seen.here < statement.place, true)
        when statement.is_own or statement.list = 'civil_status' then coalesce(by_itself.here < statement.place, true)
        else coalesce(by_itself.here < statement.place, true) and coalesce(judged_here.here < statement.place, true)
    end
