-- One row per PKH recipient row of a registered family in which no active member meets any component.
select pkh_members.row_id, format('{} active members, none of them meets a component', count(distinct pkh_members.member_id)) as evidence
from pkh_members
left join pkh_components using (row_id)
where pkh_components.row_id is null
group by pkh_members.row_id
