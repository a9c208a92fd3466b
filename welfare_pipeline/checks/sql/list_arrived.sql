-- One row if the list did not arrive as it must.
select
    case
        when files = 0 then 'No ' || source || ' file was landed'
        when files_rejected > 0 then 'Rejected ' || source || ' file: ' || errors
        else 'No row of the ' || source || ' list can be used'
    end as example
from {batch}
where rows_accepted = 0 or (required and files_rejected > 0)
