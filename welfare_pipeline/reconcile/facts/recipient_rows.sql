-- One row per accepted recipient row of every programme list.
select 'pkh' as programme, * from pkh
union all
select 'sembako' as programme, * from sembako
union all
select 'pbi_jkn' as programme, * from pbi_jkn
union all
select 'bst' as programme, * from bst
union all
select 'yapi' as programme, * from yapi
union all
select 'disability' as programme, * from disability
union all
select 'elderly' as programme, * from elderly
