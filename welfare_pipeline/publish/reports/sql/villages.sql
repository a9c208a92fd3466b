-- One row per village, people of an unknown one last.
select
    village_code,
    village_name,
    subdistrict_name,
    population,
    registry_persons,
    registry_coverage,
    recipients,
    off_target,
    to_verify,
    unresolved,
    unregistered_households_certain + unregistered_households_possible as unregistered,
    meeting_held
from village_summary
order by village_code nulls last
