-- One row per accepted recipient row: its programme's rule, its link, the registry person and the usable cards.
-- Names and keys are joined where they are published: `recipient_rows`, `people`.
with still_active as (
    select distinct person_id
    from registry_people
    semi join (select person_id from registry_people where not active) as gone using (person_id)
    where active
),

linked as (
    select
        recipient.row_id,
        recipient.programme,
        recipient.source_file,
        recipient.source_row,
        landed.nik,
        landed.nik_status,
        landed.birth_date,
        landed.nik_birth_date,
        recipient.paid_on,
        recipient.member_id,
        landed.relationship,
        landed.stage,
        landed.village_code,
        link.person_id,
        link.match_band,
        link.registered_id,
        link.settled_person_id,
        landed.usable_card as own_card
    from recipient_rows as recipient
    join person_rows as landed using (row_id)
    join people as link using (row_id)
)

select
    linked.row_id,
    linked.programme,
    rule.unit,
    rule.registry as registry_demand,
    rule.decile_limit,
    rule.verify_limit,
    rule.grace_months,
    rule.limit_since,
    rule.minimum_age,
    rule.maximum_age,
    linked.source_file,
    linked.source_row,
    linked.nik,
    linked.nik_status,
    linked.birth_date,
    linked.nik_birth_date,
    linked.paid_on,
    linked.member_id,
    [linked.relationship, registered.relationship] as relationships,
    linked.stage,
    linked.person_id,
    linked.settled_person_id,
    linked.match_band,
    registered.row_id is not null as linked,
    linked.registered_id,
    coalesce(registered.active or still_active.person_id is not null, false) as linked_active,
    coalesce(registered.presence, absence.status) as presence,
    case when registered.birth_date_is_believed then registered.birth_date end as registry_birth_date,
    coalesce(
        linked.nik_status = 'valid' and registered.nik_status = 'valid' and linked.nik <> registered.nik, false
    ) as number_differs,
    registered.decile_lowest,
    registered.decile_highest,
    registered.unranked,
    coalesce(linked.village_code, registered.village_code) as village_code,
    linked.own_card,
    registered.card as registry_card,
    coalesce(registered.card, linked.own_card) as card
from linked
join programme_rules as rule using (programme)
left join registry_people as registered on registered.row_id = linked.registered_id
left join registry_absences as absence on absence.registered_id is null and absence.person_id = linked.person_id
left join still_active on still_active.person_id = case when not registered.active then linked.settled_person_id end
