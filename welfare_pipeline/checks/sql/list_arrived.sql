-- One row if the list did not arrive as it must. An optional list that has a header and no rows arrived: it is empty.
select
    case
        when files = 0 then 'No ' || source || ' file was landed'
        when files_rejected > 0 then 'Rejected ' || source || ' file: ' || errors
        when rows_landed = 0 and files_empty > 0 then 'The ' || source || ' list has a header but no rows'
        else 'No row of the ' || source || ' list can be used'
    end as example
from {batch}
where
    (required and files_rejected > 0)
    or (rows_accepted = 0 and (required or files_rejected > 0 or rows_landed > 0 or files_empty = 0))
