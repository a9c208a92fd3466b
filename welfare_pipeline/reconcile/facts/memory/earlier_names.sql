-- One row per proposal, decision, complaint and look-up of an earlier month: the identity that it landed with, unless that is purged.
select period, row_id, nik, nik_status, name, birth_date, family_card_number, card_status from earlier_proposals
union all by name
select period, row_id, nik, nik_status, name, birth_date, family_card_number, card_status from earlier_eligibility_decisions
union all by name
select period, row_id, nik, nik_status, name, family_card_number, card_status from earlier_complaints
union all by name
select period, row_id, nik, nik_status, name from earlier_civil_status
