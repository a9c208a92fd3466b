-- One row per landed row that is evidence of poverty of somebody in the registry (a row that names only a card: of each of
-- its active members) who is ranked above every programme's limit, or not ranked.
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
where ranked.is_misfit
