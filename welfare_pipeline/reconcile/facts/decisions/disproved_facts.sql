-- One row per person and reason whose finding was not confirmed by the latest disposition that settles it: up to which day
-- the facts it rested on are taken away. Of what a programme's list or a decision says: for that programme only.
with latest as (
    select *
    from dispositions
    where disposition in ('TERBUKTI', 'TIDAK TERBUKTI')
    qualify row_number() over (
        partition by if(names_family_only, card, person_id::varchar), names_family_only, programme, reason order by place desc
    ) = 1
)

select
    period,
    row_id,
    if(names_family_only, null, person_id) as person_id,
    if(names_family_only, card, null) as card,
    reason,
    if(
        reason in (
            'JUDGED_INELIGIBLE', 'DUPLICATE_PERSON', 'DUPLICATE_FAMILY', 'EXCLUSIVE_PROGRAMMES', 'NOT_TRANSACTED',
            'DUPLICATE_ACROSS_DISTRICTS'
        ),
        programme, null
    ) as programme,
    dated_on,
    until_on
from latest
where disposition = 'TIDAK TERBUKTI'
