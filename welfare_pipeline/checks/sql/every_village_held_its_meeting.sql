-- One row per village without a meeting up to the period's end.
select village_code || coalesce(' ' || village_name, '') as example from {batch} where not meeting_held
