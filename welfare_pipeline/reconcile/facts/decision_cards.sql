-- One row per decision and family card it concerns.
select row_id, own_card as card from decisions where own_card is not null
union
select row_id, registry_card from decisions where registry_card is not null
