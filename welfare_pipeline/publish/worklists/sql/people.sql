-- One row per landed row that may stand on a worklist, whatever the list.
select 'registry' as source, * from registry
union all by name
select programme as source, * exclude (programme) from recipient_rows
union all by name
select 'proposals' as source, * from proposals
union all by name
select 'eligibility_decisions' as source, * from eligibility_decisions
union all by name
select 'complaints' as source, * from complaints
