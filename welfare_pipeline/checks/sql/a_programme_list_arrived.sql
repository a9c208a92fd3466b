-- One row if no programme's list arrived.
select 'No programme''s list of recipients arrived' as example
from {batch}
where programme
having sum(rows_accepted) = 0
