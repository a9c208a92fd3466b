-- One row per programme: its recipients.
select in_both('recipients of ' || source, 'penerima ' || label_id) as label, recipients as figure from {batch}
