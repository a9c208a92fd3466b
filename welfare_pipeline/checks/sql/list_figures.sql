-- One row per figure of the list.
with figures as (
    unpivot (
        select files, files_rejected, rows_landed, rows_accepted, rows_rejected from {batch}
    ) on columns(*) into name label value figure
)

select
    in_both(label, case label
        when 'files' then 'berkas'
        when 'files_rejected' then 'berkas ditolak'
        when 'rows_landed' then 'baris masuk'
        when 'rows_accepted' then 'baris diterima'
        when 'rows_rejected' then 'baris ditolak'
    end) as label,
    figure
from figures
