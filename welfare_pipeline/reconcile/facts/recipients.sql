-- One row per accepted recipient row: its programme's rule, its link, the registry person and the usable cards.
with linked as (
    select
        recipient.*,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_method,
        link.match_band,
        link.match_probability,
        link.registered_id,
        link.settled_person_id,
        case
            when recipient.card_status = 'valid' and oversize.card is null then recipient.family_card_number
        end as own_card
    from recipient_rows as recipient
    join people as link using (row_id)
    left join oversize_cards as oversize on oversize.card = recipient.family_card_number
)

select
    linked.row_id,
    linked.programme,
    rule.unit,
    rule.registry as registry_demand,
    rule.decile_limit,
    rule.minimum_age,
    rule.maximum_age,
    linked.source_file,
    linked.source_row,
    linked.nik,
    linked.nik_status,
    linked.name,
    linked.family_card_number,
    linked.address,
    linked.birth_date,
    linked.paid_on,
    linked.member_id,
    [linked.relationship, registered.relationship] as relationships,
    coalesce(
        nullif(ltrim(regexp_replace(linked.stage, '[^0-9]', '', 'g'), '0'), ''), upper(linked.stage), ''
    ) as stage,
    linked.person_id,
    linked.settled_person_id,
    linked.person_key,
    linked.family_key,
    linked.match_method,
    linked.match_band,
    linked.match_probability,
    registered.row_id is not null as linked,
    coalesce(registered.active or active_person.person_id is not null, false) as linked_active,
    registered.presence,
    registered.presence_on,
    registered.source_file as registry_file,
    registered.source_row as registry_row,
    registered.birth_date as registry_birth_date,
    registered.decile,
    coalesce(linked.village_code, registered.village_code) as village_code,
    linked.own_card,
    registered.card as registry_card,
    coalesce(registered.card, linked.own_card) as card,
    own_active.card is not null or registry_active.card is not null as on_active_card
from linked
join programme_rules as rule using (programme)
left join registry_people as registered on registered.row_id = linked.registered_id
left join active_people as active_person on active_person.person_id = linked.settled_person_id
left join active_cards as own_active on own_active.card = linked.own_card
left join active_cards as registry_active on registry_active.card = registered.card
