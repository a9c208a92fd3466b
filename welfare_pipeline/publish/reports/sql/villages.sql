-- One row per village, those with most to be done first, people of an unknown one last.
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
    meeting_held,
    round(1000 * (off_target + to_verify) / nullif(recipients, 0), 1) as problems_per_1000
from village_summary
order by
    village_code is null,
    off_target + to_verify + unresolved + unregistered_households_certain + unregistered_households_possible desc,
    village_code
