-- One row per PKH recipient row, active registered member of the family, age the member can have and component met at it.
select row_id, member_id, age, school_level, unnest(components_met(age, pregnant, disability, school_level)) as component
from pkh_members
