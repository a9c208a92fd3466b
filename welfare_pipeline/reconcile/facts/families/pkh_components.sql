-- One row per PKH recipient row and component that an active registered member of the family meets.
select pkh_members.row_id, component.name as component
from pkh_members
join pkh_component_ages as component on pkh_members.age between component.minimum_age and component.maximum_age
where component.name <> 'SCHOOL_6_21' or not coalesce(pkh_members.schooled, false)
union
select row_id, 'PREGNANT' from pkh_members where pregnant
union
select row_id, 'DISABILITY' from pkh_members where disability <> 'NONE'
union
select row_id, 'AGE_UNKNOWN' from pkh_members where age is null or age < 0
