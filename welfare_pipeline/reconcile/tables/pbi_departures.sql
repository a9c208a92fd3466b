-- One row per person who left the PBI list since the nearest earlier month in which that landed, or who came back to it.
-- Nothing before the programme had a decile limit, and nothing if this month's list did not land.
with rule as (
    select decile_limit from programme_rules where programme = 'pbi_jkn' and decile_limit is not null
),

before as (
    select max(period) as period from pbi_memberships where period < $period
),

landed as (
    select count(*) > 0 as arrived from landed_files where source = 'pbi_jkn' and state = 'accepted'
),

earlier as (
    select pbi_memberships.* from pbi_memberships semi join before using (period)
),

now as (
    select * from pbi_memberships where period = $period
),

-- Whom a row may be about while people have to settle that: of such a person it is not said that they left or came back.
in_doubt as (
    select told.period, told.person_key, registered.person_key as registered_key
    from earlier_links as told
    join before on before.period = told.period
    join earlier_links as registered on registered.period = told.period and registered.row_id = told.registry_row_id
    where told.match_band = 'review' and told.source = 'pbi_jkn'
    union all
    select $period, told.person_key, registered.person_key
    from links as told
    join links as registered on registered.row_id = told.registry_row_id
    where told.match_band = 'review' and told.source = 'pbi_jkn'
),

keys_now as (
    select person_key from now
    union
    select registered_key from in_doubt where period = $period
),

keys_before as (
    select person_key from earlier
    union
    select registered_key from in_doubt where period < $period
),

-- Their keys too that may be somebody's of the other month.
here_in_doubt as (
    select person_key from in_doubt where period < $period and registered_key in (select person_key from keys_now)
),

there_in_doubt as (
    select person_key from in_doubt where period = $period and registered_key in (select person_key from keys_before)
),

-- As the list names them that they left, or came back to.
listed as (
    select 'left' as movement, coalesce(recognised_people.person_key, earlier.person_key) as person_key, earlier.source_file,
        earlier.source_row, earlier.nik, earlier.name, earlier.family_card_number, earlier.address
    from earlier_recipient_outcomes as earlier
    semi join before using (period)
    left join recognised_people on recognised_people.earlier_key = earlier.person_key
    where earlier.programme = 'pbi_jkn'
    union all
    select 'returned', people.person_key, landed.source_file, landed.source_row, landed.nik, landed.name,
        landed.family_card_number, landed.address
    from recipient_rows as landed
    join people using (row_id)
    where landed.programme = 'pbi_jkn'
),

-- One name on one card, gone and come at once: a mistyped number or birth date gives nobody's place to another.
renamed as (
    select left_row.person_key as key_before, new_row.person_key as key_now
    from listed as left_row
    join listed as new_row
        on new_row.movement = 'returned'
        and new_row.family_card_number = left_row.family_card_number
        and replace(plain_text(new_row.name), ' ', '') = replace(plain_text(left_row.name), ' ', '')
    anti join keys_now on keys_now.person_key = left_row.person_key
    anti join keys_before on keys_before.person_key = new_row.person_key
    where left_row.movement = 'left'
),

new as (
    select now.*
    from now
    anti join keys_before using (person_key)
    anti join there_in_doubt using (person_key)
    anti join renamed on renamed.key_now = now.person_key
),

-- Who of them was on a list of any earlier month.
back as (
    select distinct new.person_key
    from earlier_recipient_outcomes as earlier
    left join recognised_people on recognised_people.earlier_key = earlier.person_key
    join new on new.person_key = coalesce(recognised_people.person_key, earlier.person_key)
    where earlier.programme = 'pbi_jkn'
),

moved as (
    select earlier.*, 'left' as movement
    from earlier
    anti join keys_now using (person_key)
    anti join here_in_doubt using (person_key)
    anti join renamed on renamed.key_before = earlier.person_key
    where (select arrived from landed)
    union all
    select new.*, 'returned' as movement
    from new
    semi join back using (person_key)
),

-- Whoever is on a list of this month, else in the memory alone.
persons as (
    select moved.person_key, links.person_id
    from moved
    join links on links.person_key = moved.person_key and links.row_id = links.person_id
    union
    select moved.person_key, earlier_facts.person_id
    from moved
    join earlier_facts on earlier_facts.person_key = moved.person_key
),

gone as (
    select persons.person_key, bool_or(said.status = 'MD') as died, bool_or(said.status = 'PD') as moved_away
    from persons
    join (
        select person_id, status from standing_statements
        union all
        select person_id, outcome from decisions where outcome in ('MD', 'PD')
    ) as said using (person_id)
    group by persons.person_key
),

ranked as (
    select persons.person_key, ranks.*
    from persons
    join registry_ranks as ranks using (person_id)
    qualify row_number() over (partition by persons.person_key order by ranks.says_rank desc, ranks.row_id) = 1
),

asked as (
    select
        persons.person_key,
        arg_max(requests.reason, requests.row_id) as illness,
        bool_or(requests.facility_letter is not null) as has_letter
    from persons
    join people using (person_id)
    join reactivation_requests as requests using (row_id)
    where requests.requested_on is null or requests.requested_on <= $period_end
    group by persons.person_key
),

proposed as (
    select distinct persons.person_key
    from persons
    join (
        select *
        from known_proposals
        qualify row_number() over (partition by person_id order by place desc) = 1
    ) as latest using (person_id)
    where not latest.has_lapsed and coalesce(latest.outcome not in ('TIDAK LAYAK', 'DITARIK'), true)
),

known as (
    select
        moved.person_key,
        moved.family_key,
        coalesce(ranked.village_code, moved.village_code) as village_code,
        moved.movement,
        before.period as previous_period,
        case
            when moved.movement = 'returned' then null
            when gone.died then 'deceased'
            when gone.moved_away then 'moved_away'
            when ranked.person_key is null then 'not_in_registry'
            when ranked.decile_lowest > rule.decile_limit then 'above_limit'
            when moved.is_repeated then 'duplicate'
            else 'unknown'
        end as likely_reason,
        case
            when ranked.decile_lowest is null and ranked.is_unranked then 'unranked'
            when ranked.decile_lowest = ranked.decile_highest then ranked.decile_lowest::varchar
            else format('{}-{}', ranked.decile_lowest, ranked.decile_highest)
        end as decile,
        case when ranked.is_unranked then false else ranked.decile_lowest <= rule.decile_limit end as within_limit,
        asked.illness,
        coalesce(asked.has_letter, false) as has_letter,
        proposed.person_key is not null as proposed
    from moved
    cross join rule
    cross join before
    left join gone using (person_key)
    left join ranked using (person_key)
    left join asked using (person_key)
    left join proposed using (person_key)
),

shown as (
    select listed.*
    from moved
    join listed using (person_key, movement)
    qualify row_number() over (partition by listed.person_key order by listed.source_file, listed.source_row) = 1
),

required as (
    select
        *,
        case
            when movement = 'returned' or likely_reason in ('deceased', 'moved_away') then []::varchar[]
            else list_filter(
                [
                    case when illness is not null and not has_letter then 'FACILITY_LETTER' end,
                    'OFFICE_LETTER',
                    case when not proposed and coalesce(within_limit, false) then 'PROPOSAL' end,
                    case when not coalesce(within_limit, false) then 'DATA_RENEWAL' end
                ],
                lambda requirement: requirement is not null
            )
        end as requirements,
        path_or_none(
            case
                when list_contains(requirements, 'PROPOSAL') then 'USULAN_BANSOS'
                when list_contains(requirements, 'DATA_RENEWAL') then 'USULAN_PEMBARUAN_DATA'
            end
        ) as proposal_path
    from known
),

advised as (
    select required.person_key, string_agg(words.words, ' ' order by words.place) as action
    from required, unnest(required.requirements) as item (code)
    join words on words.list = 'return_requirement' and words.code = item.code
    group by required.person_key
)

select
    required.*,
    if(required.illness is null, 'normal', 'high') as urgency,
    by_path(advised.action, required.proposal_path) as recommended_action,
    case when required.proposal_path is not null then $deadline_on end as deadline_on,
    shown.nik,
    shown.name,
    shown.family_card_number,
    shown.address
from required
left join advised using (person_key)
left join shown using (person_key)
