-- One row per proposal of this delivery and of earlier ones, made by the period's last day. A proposal without a date is dated
-- the last day of the month in which it first landed.
with told as (
    select
        $period as period,
        proposals.row_id,
        {'period': $period, 'row_id': proposals.row_id} as first_landed,
        true as is_own,
        landed.source_file,
        landed.source_row,
        landed.nik,
        landed.nik_status,
        landed.name,
        landed.birth_date,
        landed.family_card_number,
        landed.village_code,
        proposals.outcome,
        proposals.proposed_on,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_band,
        link.registered_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only
    from proposals
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where proposals.proposed_on is null or proposals.proposed_on <= $period_end
    union all by name
    select * exclude (list, said, match_method, match_probability, card_key), said as outcome from earlier_evidence where list = 'proposals'
),

dated as (
    select
        *,
        min(first_landed) over (partition by person_id, outcome, proposed_on) as landed_first,
        struct_extract(landed_first, 'period') as first_period,
        coalesce(proposed_on, last_day((first_period || '-01')::date)) as dated_on
    from told
)

select
    * exclude (first_landed, landed_first),
    {'dated_on': dated_on, 'first_landed': landed_first, 'row_id': row_id} as place,
    months_after(dated_on, $proposal_months::integer) < $period_end as has_lapsed
from dated
