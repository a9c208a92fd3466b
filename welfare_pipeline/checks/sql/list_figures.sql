-- One row per figure of the list.
unpivot (
    select files, files_rejected, rows_landed, rows_accepted, rows_rejected from {batch}
) on columns(*) into name label value figure
