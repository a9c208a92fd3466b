-- One row per fact of an earlier month that a proposal, decision, complaint or look-up told: the identity that it landed with,
-- unless that is purged. A list that is sent whole each month tells the same again; its identity is the newest one.
with landed as (
    select period, row_id, nik, nik_status, name, birth_date, family_card_number, card_status from earlier_proposals
    union all by name
    select period, row_id, nik, nik_status, name, birth_date, family_card_number, card_status from earlier_eligibility_decisions
    union all by name
    select period, row_id, nik, nik_status, name, family_card_number, card_status from earlier_complaints
    union all by name
    select period, row_id, nik, nik_status, name from earlier_civil_status
)

from landed
semi join remembered_before using (period, row_id)
