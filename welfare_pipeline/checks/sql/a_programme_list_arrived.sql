-- One row if no programme's list arrived.
select
    in_both(
        'No programme''s list of recipients arrived', 'Tidak ada daftar penerima program yang masuk'
    ) as example
from {batch}
where programme
having sum(rows_accepted) = 0
