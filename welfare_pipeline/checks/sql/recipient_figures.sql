-- One row per programme: its recipients.
select 'recipients of ' || source as label, recipients as figure from {batch}
