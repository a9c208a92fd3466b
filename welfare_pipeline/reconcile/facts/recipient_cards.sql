-- One row per recipient row and family card it stands on, in its own list or in the registry.
select row_id, own_card as card from recipients where own_card is not null
union
select row_id, registry_card from recipients where registry_card is not null
