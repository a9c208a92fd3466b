-- One row per programme, as it is called in the newest month.
select programme, label_id, label_en, unit
from programme_rules
qualify row_number() over (partition by programme order by period desc, district_code) = 1
