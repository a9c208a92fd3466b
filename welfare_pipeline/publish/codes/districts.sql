-- One row per district of which something is published.
select known_districts.*
from known_districts
semi join landed_files using (district_code)
