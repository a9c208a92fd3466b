-- One row per complaint of this month, or of an earlier one and still open: whom it is about, what the lists say of them,
-- and what to do. None of it is proof. (`place` is the row's number within the month.)
with about as (
    select
        row_number() over (order by period, row_id) as place,
        *,
        case when match_band = 'same' then person_id end as settled_person_id
    from open_complaints
),

served as (
    select about.place, recipients.programme, outcomes.outcome
    from about
    join recipients on recipients.person_id = about.person_id
    join outcomes on outcomes.row_id = recipients.row_id
    union
    select about.place, recipients.programme, outcomes.outcome
    from about
    join recipient_cards on recipient_cards.card = about.card
    join recipients on recipients.row_id = recipient_cards.row_id
    join outcomes on outcomes.row_id = recipients.row_id
),

-- Whether the decile of somebody registered whom the complaint is about lets some programme in. (Person and card apart:
-- for an `or` DuckDB compares every complaint with everybody.)
fitting as (
    select place, bool_or(fits) as decile_fits
    from (
        select about.place, ranks.fits
        from about
        join registry_ranks as ranks on ranks.person_id = about.settled_person_id
        union all
        select about.place, ranks.fits
        from about
        join registry_ranks as ranks on ranks.card = about.card
    )
    group by place
),

programmes as (
    select
        place,
        list_sort(list(distinct programme)) as programmes,
        bool_or(outcome = 'off_target') as off_target
    from served
    group by place
),

judged as (
    select
        about.*,
        active_people.person_id is not null or active_cards.card is not null as registered,
        coalesce(programmes.programmes, []) as programmes,
        coalesce(programmes.off_target, false) as off_target,
        coalesce(fitting.decile_fits, false) as decile_fits
    from about
    left join fitting on fitting.place = about.place
    left join active_people on active_people.person_id = about.settled_person_id
    left join active_cards on active_cards.card = about.card
    left join programmes on programmes.place = about.place
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
),

-- Of a registered family the decile decides the path.
ways as (
    select
        found.*,
        path_or_none(
            case when found.finding = 'excluded_and_unserved' and not found.decile_fits then 'USULAN_PEMBARUAN_DATA' else words.proposal_path end
        ) as proposal_path
    from found
    join words on words.list = 'complaint_finding' and words.code = found.finding
)

select
    period as complaint_period,
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
    guard,
    case when names_somebody and match_band <> 'review' then registered end as registered,
    programmes,
    finding,
    by_path(words.action, found.proposal_path) as recommended_action,
    found.proposal_path,
    case when found.proposal_path is not null then $deadline_on end as deadline_on,
    nik,
    name,
    family_card_number,
    text
from ways as found
join words on words.list = 'complaint_finding' and words.code = found.finding
