-- One row per registry row: who it is, whether the person is active on the period's last day, and the usable card.
select
    registry.row_id,
    links.person_id,
    links.family_key,
    registry.village_code,
    registry.nik,
    registry.nik_status,
    registry.birth_date,
    registry.birth_date_is_believed,
    registry.nik_birth_date,
    registry.decile_lowest,
    registry.decile_highest,
    registry.unranked,
    registry.relationship,
    registry.usable_card as card,
    coalesce(absence.status, if(registry.presence in ('MD', 'PD', 'TT'), 'AKTIF', registry.presence)) as presence,
    absence.status is null as active
from person_rows as registry
join links using (row_id)
left join registry_absences as absence on absence.registered_id = registry.row_id
where registry.list = 'registry'
