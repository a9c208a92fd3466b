-- One row per landed row that may stand on a worklist, whatever the list.
select 'registry' as source, * from registry
union all by name
select 'pkh' as source, * from pkh
union all by name
select 'sembako' as source, * from sembako
union all by name
select 'pbi_jkn' as source, * from pbi_jkn
union all by name
select 'bst' as source, * from bst
union all by name
select 'yapi' as source, * from yapi
union all by name
select 'disability' as source, * from disability
union all by name
select 'elderly' as source, * from elderly
union all by name
select 'proposals' as source, * from proposals
union all by name
select 'eligibility_decisions' as source, * from eligibility_decisions
union all by name
select 'complaints' as source, * from complaints
