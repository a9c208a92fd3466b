-- One row per disposition of this delivery that names no finding and that landed in an earlier month already: a list that is
-- sent whole each month answers the finding that it answered first, not the next one of the person.
with answered_before as (
    select
        if(earlier.names_family_only, earlier.family_key, earlier.person_id::varchar) as concerned,
        earlier.programme,
        earlier.disposition,
        earlier.dated,
        min_by(answered.reason, {'period': earlier.period, 'row_id': earlier.row_id}) as reason
    from earlier_facts as earlier
    join earlier_finding_dispositions as answered
        on answered.period = earlier.period
        and answered.source_file = earlier.source_file
        and answered.source_row = earlier.source_row
    where earlier.disposition is not null and earlier.reason is null and answered.reason is not null
    group by all
)

select decision.row_id as disposition_id, before.reason
from eligibility_decisions as decision
join person_rows as landed using (row_id)
join people as link using (row_id)
join answered_before as before
    on before.concerned = if(landed.nik is null and landed.name is null, link.family_key, link.person_id::varchar)
    and before.programme is not distinct from decision.programme
    and before.disposition = decision.disposition
    and before.dated is not distinct from decision.decided_on
where decision.disposition is not null and decision.reason is null
