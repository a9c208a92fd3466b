-- One row per recipient row whose person has died or left by a decision, or was not found. A death ends by a later, dated
-- decision that the person is here, whichever programme it is about; a move or an absence by any such fact, or by the next one.
with about as (
    select
        concerning.*,
        max(judged) filter (outcome in ('LAYAK', 'DD') and decided_on is not null) over (partition by row_id) as here
    from concerning_decisions as concerning
    where about_presence
),

seen as (
    select
        person_id,
        max(here_on) as here_on,
        max(here_on) filter (list = 'eligibility_decisions') as judged_here_on
    from here_facts
    group by person_id
)

select about.row_id, about.outcome, about.decided_on, about.period, about.source_file, about.source_row
from about
left join seen using (person_id)
where
    about.outcome in ('MD', 'PD', 'TT')
    and coalesce(about.here < about.judged, true)
    and coalesce(if(about.outcome = 'MD', seen.judged_here_on, seen.here_on) <= about.judged.dated_on, true)
qualify row_number() over (partition by about.row_id order by about.outcome = 'MD' desc, about.judged desc) = 1
