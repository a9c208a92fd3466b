-- One row per recipient row that a decision concerns: the latest such decision, by date, then file order.
with about_the_person as (
    select recipients.row_id, decisions.row_id as decision_id
    from recipients
    join decisions using (person_id)
),

about_the_family as (
    select recipients.row_id, decisions.row_id as decision_id
    from recipients
    join recipient_cards on recipient_cards.row_id = recipients.row_id
    join decision_cards on decision_cards.card = recipient_cards.card
    join decisions on decisions.row_id = decision_cards.row_id
    where
        not recipient_cards.doubtful
        and (decisions.names_family_only or (recipients.unit = 'family' and not decisions.concerns_presence))
),

concerning as (
    select * from about_the_person
    union
    select * from about_the_family
)

select
    recipients.row_id,
    decisions.outcome,
    decisions.decided_on,
    format('{} row {}, {}', decisions.source_file, decisions.source_row, coalesce(decisions.decided_on::varchar, 'undated'))
        as evidence
from concerning
join recipients using (row_id)
join decisions on decisions.row_id = concerning.decision_id
where decisions.programme is null or decisions.programme = recipients.programme
qualify row_number() over (
    partition by recipients.row_id order by decisions.decided_on desc nulls last, decisions.row_id desc
) = 1
