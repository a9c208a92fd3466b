-- One row per recipient row whose age on the period's last day is outside the programme's range, whichever date is right.
select
    recipients.row_id,
    format(
        'age {}, range {} to {}: {} row {}', ages.oldest_age, recipients.minimum_age, recipients.maximum_age,
        recipients.source_file, recipients.source_row
    ) as evidence
from recipients
join ages using (row_id)
where
    (ages.oldest_age < recipients.minimum_age or ages.youngest_age > recipients.maximum_age)
    and ages.youngest_age >= 0
