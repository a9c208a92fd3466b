-- One row per registered family within some programme's decile limit that no programme list names. Of a range its lowest
-- decile decides; whom the registry has no decile for may be within.
with served as (
    select family_key from registry_people semi join recipients using (person_id)
    union all
    select family_key from registry_people semi join recipient_cards using (card)
),

families as (
    select
        family_key,
        arg_min(village_code, row_id) filter (village_code is not null) as village_code,
        count(distinct person_id) as members,
        min(decile_lowest) as decile,
        max(decile_highest) as decile_highest,
        case
            when min(decile_lowest) is not null then false
            when bool_or(unranked) then true
        end as unranked,
        any_value(card order by row_id) as card
    from registry_people
    anti join served using (family_key)
    where active
    group by family_key
),

widest as (
    select max(greatest(decile_limit, verify_limit)) as decile_limit from programme_rules
)

select
    families.family_key,
    families.village_code,
    families.members,
    families.decile,
    families.decile_highest,
    families.unranked,
    by_path(words.action, path_or_none(words.proposal_path)) as recommended_action,
    path_or_none(words.proposal_path) as proposal_path,
    $deadline_on as deadline_on,
    families.card as family_card_number
from families
cross join widest
join words
    on words.list = 'unserved_step' and words.code = if(families.unranked, 'HAVE_RANKED', 'PROPOSE_FOR_PROGRAMME')
where coalesce(families.decile <= widest.decile_limit, true)
