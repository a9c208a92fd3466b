-- One row if the list did not arrive as it must. An optional list that has a header and no rows arrived: it is empty.
select
    case
        when files = 0 then in_both('No ' || source || ' file was landed', 'Daftar ' || label_id || ' tidak masuk')
        when files_rejected > 0
            then in_both('Rejected ' || source || ' file: ' || errors, 'Berkas ' || label_id || ' ditolak: ' || files_named)
        when rows_landed = 0 and files_empty > 0
            then in_both(
                'The ' || source || ' list has a header but no rows', 'Daftar ' || label_id || ' berkepala, tetapi kosong'
            )
        else in_both(
            'No row of the ' || source || ' list can be used',
            'Tidak ada baris daftar ' || label_id || ' yang dapat dipakai'
        )
    end as example
from {batch}
where
    (required and files_rejected > 0)
    or (rows_accepted = 0 and (required or files_rejected > 0 or rows_landed > 0 or files_empty = 0))
