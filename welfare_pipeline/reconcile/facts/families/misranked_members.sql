-- One row per landed row that is evidence of poverty and registry person it concerns (if it names only a card: each active
-- member) who is ranked above every programme's limit, or not ranked. A person whose family was judged not to be poor is left
-- out while the link is in review: either the row is about another person, or the judgement holds.
with claims as (
    select * from poverty_claims where evidence in ('PROPOSED', 'JUDGED_ELIGIBLE', 'COMPLAINT')
),

-- The first row of a person that says anything of a rank.
person_ranks as (
    select *
    from registry_ranks
    semi join claims on claims.person_id = registry_ranks.person_id
    qualify row_number() over (partition by person_id order by says_rank desc, row_id) = 1
),

-- Whom a row of an earlier month may be about, as long as nobody has said that the two are different people.
doubts as (
    select claims_in_doubt.place, claims_in_doubt.person_key, registered.person_key as registered_key
    from claims_in_doubt
    join earlier_links as registered
        on registered.period = claims_in_doubt.period and registered.row_id = claims_in_doubt.registry_row_id
),

answers as (
    select person_key, registry_person_key from remembered_answers where answer = 'DIFFERENT'
    union all
    select person_key, registry_person_key from earlier_remembered_answers where answer = 'DIFFERENT'
),

open_doubts as (
    select doubts.place, coalesce(recognised_people.person_key, doubts.registered_key) as person_key
    from doubts
    left join recognised_people on recognised_people.earlier_key = doubts.registered_key
    anti join answers
        on answers.person_key = doubts.person_key and answers.registry_person_key = doubts.registered_key
),

ranks_in_doubt as (
    select open_doubts.place, ranks.*
    from open_doubts
    join links on links.person_key = open_doubts.person_key and links.row_id = links.person_id
    join registry_ranks as ranks on ranks.person_id = links.person_id
    qualify row_number() over (partition by open_doubts.place order by ranks.says_rank desc, ranks.row_id) = 1
),

ranked as (
    select claims.place, false as is_possible, ranks.*
    from claims
    join person_ranks as ranks on ranks.person_id = claims.person_id
    where claims.match_band is distinct from 'review'
    union all
    select claims.place, true as is_possible, ranks.*
    from claims
    join registry_ranks as ranks on ranks.row_id = claims.candidate_id
    union all
    select ranks_in_doubt.place, true as is_possible, ranks_in_doubt.* exclude (place)
    from ranks_in_doubt
    union all
    select claims.place, false as is_possible, ranks.*
    from claims
    join registry_ranks as ranks on ranks.card = claims.card
    where claims.names_family_only
)

select
    ranked.place,
    ranked.is_possible,
    ranked.row_id as registry_row_id,
    ranked.person_id as registered_person_id,
    ranked.family_key as household_key,
    ranked.card as registry_card,
    ranked.village_code as registry_village,
    ranked.nik_status as registry_nik_status,
    ranked.decile_lowest,
    ranked.decile_highest,
    ranked.decile_limit
from ranked
join claims using (place)
where
    ranked.is_misfit
    and not (
        ranked.is_possible
        and claims.evidence <> 'JUDGED_ELIGIBLE'
        and (
            ranked.person_id in (select person_id from ineligible_people)
            or coalesce(ranked.card in (select card from ineligible_cards), false)
        )
    )
