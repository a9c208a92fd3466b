-- One row per PKH recipient row of a registered family in which no active member meets any component.
with lacking as (
    select distinct row_id, member_id
    from pkh_members
    anti join pkh_components using (row_id)
)

select
    lacking.row_id,
    format('{} active members, none of them meets a component: ', count(*))
    || string_agg(format('{} row {}', registry.source_file, registry.source_row), ', ' order by registry.row_id) as evidence
from lacking
join registry on registry.row_id = lacking.member_id
group by lacking.row_id
