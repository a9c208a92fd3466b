-- One row per complaint: whom it is about, what the lists say of them, and what to do. None of it is proof.
with about as (
    select
        received.*,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_method,
        link.match_band,
        link.match_probability,
        link.settled_person_id,
        landed.usable_card as card,
        received.nik is not null or received.name is not null or received.family_card_number is not null as names_somebody
    from complaints as received
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where received.received_on is null or received.received_on <= $period_end
),

served as (
    select about.row_id, recipients.programme, outcomes.outcome
    from about
    join recipients on recipients.person_id = about.person_id
    join outcomes on outcomes.row_id = recipients.row_id
    union
    select about.row_id, recipients.programme, outcomes.outcome
    from about
    join recipient_cards on recipient_cards.card = about.card
    join recipients on recipients.row_id = recipient_cards.row_id
    join outcomes on outcomes.row_id = recipients.row_id
),

programmes as (
    select
        row_id,
        list_sort(list(distinct programme)) as programmes,
        bool_or(outcome = 'off_target') as off_target
    from served
    group by row_id
),

judged as (
    select
        about.*,
        active_people.person_id is not null or active_cards.card is not null as registered,
        coalesce(programmes.programmes, []) as programmes,
        coalesce(programmes.off_target, false) as off_target
    from about
    left join active_people on active_people.person_id = about.settled_person_id
    left join active_cards on active_cards.card = about.card
    left join programmes on programmes.row_id = about.row_id
),

found as (
    select
        *,
        case
            when kind not in ('EXCLUDED', 'INCLUDED') then 'for_information'
            when not names_somebody or match_band = 'review' then 'not_identified'
            when kind = 'EXCLUDED' and len(programmes) > 0 then 'excluded_but_served'
            when kind = 'EXCLUDED' and registered then 'excluded_and_unserved'
            when kind = 'EXCLUDED' then 'excluded_and_unregistered'
            when len(programmes) = 0 then 'included_but_not_a_recipient'
            when off_target then 'included_and_off_target'
            else 'included_to_verify'
        end as finding
    from judged
)

select
    source_file,
    source_row,
    received_on,
    village_code,
    kind,
    person_key,
    family_key,
    match_method,
    match_band,
    match_probability,
    case when names_somebody and match_band <> 'review' then registered end as registered,
    programmes,
    finding,
    words.action as recommended_action,
    nik,
    name,
    family_card_number,
    text
from found
join words on words.list = 'complaint_finding' and words.code = found.finding
