-- One row per landed row that names a person, whatever the list.
select 'registry' as list, * from registry
union all by name
select programme as list, * exclude (programme) from recipient_rows
union all by name
select 'proposals' as list, * from proposals
union all by name
select 'eligibility_decisions' as list, * from eligibility_decisions
union all by name
select 'civil_status' as list, * from civil_status
union all by name
select 'public_employees' as list, * from public_employees
union all by name
select 'formal_workers' as list, * from formal_workers
union all by name
select 'company_officers' as list, * from company_officers
union all by name
select 'disbursements' as list, * from disbursements
union all by name
select 'complaints' as list, * from complaints
