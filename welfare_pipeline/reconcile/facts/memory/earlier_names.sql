-- One row per proposal, decision, complaint and look-up of earlier months that is remembered, with the identity that it landed
-- with (unless that is purged). Of a list that is sent whole each month, the newest of equal rows is remembered.
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
