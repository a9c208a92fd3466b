-- One row per person row whose number is broken, contradicted or not confirmed by the civil registry, or (since DTSEN) whose
-- number or family card DTSEN does not take in but returns to the sender.
with unconfirmed as (
    select nik from civil_numbers where status = 'TT'
),

-- The coalesce is for speed: of a bare `<>` DuckDB would make a join of everybody with everybody.
differing as (
    select row_id from recipients where number_differs
    union all
    select proposals.row_id
    from proposals
    join people using (row_id)
    join registry_people as registered on registered.row_id = people.registered_id
    where
        proposals.nik_status = 'valid'
        and registered.nik_status = 'valid'
        and coalesce(proposals.nik <> registered.nik, false)
),

-- A list whose file has no family card at all does not claim any.
carded as (
    select distinct list, source_file from person_rows where card_status <> 'missing'
),

returned as (
    select
        row_id,
        list_filter(
            [
                case when nik_status <> 'valid' then 'NIK_INVALID' end,
                case when card_status not in ('valid', 'missing') or (card_status = 'missing' and carded.list is not null) then 'CARD_INVALID' end
            ],
            lambda cause: cause is not null
        ) as causes
    from person_rows
    left join carded using (list, source_file)
    where not may_repeat and $identities_are_returned
),

flagged as (
    select row_id from person_rows where not may_repeat and (nik_status <> 'valid' or len(nik_warnings) > 0)
    union
    select row_id from returned where len(causes) > 0
    union
    select person_rows.row_id
    from person_rows
    semi join unconfirmed using (nik)
    where person_rows.nik_status = 'valid' and not person_rows.may_repeat
    union
    select row_id from differing
),

compared as (
    select
        identity.*,
        link.person_key,
        case when identity.nik_status = 'valid' then civil_numbers.status end as civil_status,
        registered.nik as registered_nik,
        registered.row_id as registered_id,
        differing.row_id is not null as differs,
        coalesce(returned.causes, []::varchar[]) as returned_because,
        coalesce(
            registered.row_id <> identity.row_id
            and registered.nik_status = 'valid'
            and identity.nik is distinct from registered.nik,
            false
        ) as suggests
    from person_rows as identity
    semi join flagged using (row_id)
    join people as link using (row_id)
    left join registry_people as registered on registered.row_id = link.registered_id
    left join civil_numbers on civil_numbers.nik = identity.nik
    left join differing on differing.row_id = identity.row_id
    left join returned on returned.row_id = identity.row_id
),

stepped as (
    select
        compared.list as source,
        compared.source_file,
        compared.source_row,
        compared.person_key,
        compared.village_code,
        compared.nik_status,
        compared.card_status,
        compared.nik_warnings || case when compared.differs then ['nik_differs_from_registry'] else []::varchar[] end as warnings,
        compared.civil_status,
        compared.returned_because,
        case when compared.suggests then suggested.person_key end as suggested_registry_person_key,
        case
            when compared.suggests then 'COMPARE_WITH_REGISTRY'
            when compared.nik_status <> 'valid' then 'READ_FROM_CARD'
            when compared.civil_status = 'TT' then 'CONFIRM_NIK'
            when len(compared.nik_warnings) > 0 or compared.differs then 'COMPARE_WITH_CARD'
            else 'READ_CARD_NUMBER'
        end as next_step,
        compared.nik,
        compared.name,
        compared.family_card_number,
        compared.address,
        case when compared.suggests then compared.registered_nik end as suggested_nik
    from compared
    left join people as suggested on suggested.row_id = compared.registered_id
)

select stepped.*, words.words as recommended_action
from stepped
join words on words.list = 'repair_step' and words.code = stepped.next_step
