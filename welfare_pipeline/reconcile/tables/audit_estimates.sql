-- One row per month sampled, programme and error of which answers landed in this month. Stratified estimator: a share, and for
-- exclusion a ratio (Cochran 1977, Sampling Techniques, 3rd ed., sections 5.3 and 6.11). Who was not found or refused is no
-- answer; those who answered stand for the whole stratum. A stratum of which nobody answered may be anything.
-- The interval recovers each stratum's variance from its own interval (MOVER: Zou and Donner 2008, Statistics in Medicine 27;
-- stratified: Yan and Su 2010, Statistics in Biopharmaceutical Research 2), so that a stratum without an error counts, too.
-- A stratum's interval is Wilson's with finite population correction, with Poisson's limit where hits or misses are few
-- (Brown, Cai and DasGupta 2001, Statistical Science 16). `benchmarks/field_checks.py` measures how often it holds the truth.
with told as (
    select $period as period, row_id, sample_id, finding, visited_on from audit_answers
    union all
    select period, row_id, sample_id, finding, visited_on from earlier_audit_answers
),

latest as (
    select upper(trim(sample_id)) as sample_id, finding
    from told
    qualify row_number() over (
        partition by upper(trim(sample_id)) order by coalesce(visited_on, last_day((period || '-01')::date)) desc, period desc, row_id desc
    ) = 1
),

landed_draws as (
    select distinct samples.period, samples.sample_id[:-6] as draw
    from audit_samples as samples
    join audit_answers on upper(trim(audit_answers.sample_id)) = samples.sample_id
),

-- One draw a month: that with the most answers.
draws as (
    select landed_draws.period, landed_draws.draw
    from landed_draws
    join audit_samples as samples on samples.sample_id[:-6] = landed_draws.draw
    join latest on latest.sample_id = samples.sample_id
    group by landed_draws.period, landed_draws.draw
    qualify row_number() over (partition by landed_draws.period order by count(*) desc, landed_draws.draw) = 1
),

units as (
    select samples.*, latest.finding in ('LAYAK', 'TIDAK LAYAK') as is_answer, latest.finding = 'LAYAK' as is_eligible
    from audit_samples as samples
    join draws on draws.draw = samples.sample_id[:-6]
    left join latest on latest.sample_id = samples.sample_id
),

reaching as (
    select distinct programme from recipient_outcomes
    union
    select distinct programme from units where programme is not null
),

-- Numerator y and denominator x of the share.
observed as (
    select
        period as sampled_period, 'inclusion' as error, programme, stratum, stratum_units,
        coalesce(is_answer, false) as is_answer,
        if(is_eligible, 0, 1) as y,
        1 as x
    from units
    where frame = 'inclusion'
    union all
    select
        units.period, 'exclusion', reaching.programme, units.stratum, units.stratum_units,
        coalesce(units.is_answer, false),
        if(units.is_eligible and not list_contains(units.programmes_received, reaching.programme), 1, 0),
        if(units.is_eligible, 1, 0)
    from units
    cross join reaching
    where units.frame = 'exclusion'
),

strata as (
    select
        sampled_period, error, programme, stratum,
        any_value(stratum_units order by stratum_units) as units,
        count(*) as sampled,
        count(*) filter (is_answer) as answers,
        coalesce(sum(x) filter (is_answer), 0) as counted,
        coalesce(sum(y) filter (is_answer), 0) as hits
    from observed
    group by sampled_period, error, programme, stratum
),

estimates as (
    select
        sampled_period, error, programme,
        sum(sampled)::bigint as sampled,
        sum(answers)::bigint as answered,
        sum(units * hits / answers) filter (answers > 0)
        / nullif(sum(units * counted / answers) filter (answers > 0), 0) as estimate,
        sum(units * counted / answers) filter (answers > 0) / sum(units) filter (answers > 0) as counted_share
    from strata
    group by sampled_period, error, programme
),

-- `effective`: of so many drawn with replacement one would know as much; none where everybody answered.
rates as (
    select
        strata.*,
        estimates.estimate,
        if(answers > 0, counted / answers, estimates.counted_share) as counted_rate,
        if(counted > 0, hits / counted, estimates.estimate) as rate,
        if(counted > 0 and answers < units, counted * (units - 1) / (units - answers), null) as effective,
        units * counted_rate as weight,
        weight / nullif(sum(weight) over same, 0) as share,
        units / nullif(sum(weight) over same, 0) as unit_share
    from strata
    join estimates using (sampled_period, error, programme)
    window same as (partition by strata.sampled_period, strata.error, strata.programme)
),

-- Half the 5 % quantile of chi-squared with twice as many degrees of freedom as there are hits.
few (hits, expected) as (
    values (1, 0.0513), (2, 0.3554), (3, 0.8177)
),

wilson as (
    select
        *,
        (rate + $error_deviations ^ 2 / (2 * effective)) / (1 + $error_deviations ^ 2 / effective) as middle,
        $error_deviations * sqrt(rate * (1 - rate) / effective + ($error_deviations / (2 * effective)) ^ 2)
        / (1 + $error_deviations ^ 2 / effective) as half
    from rates
),

bounds as (
    select
        wilson.*,
        case
            when answers = 0 then 0
            when effective is null then rate
            else least(greatest(middle - half, 0), rate, coalesce(few_hits.expected / counted, 1))
        end as low,
        case
            when answers = 0 then 1
            when effective is null then rate
            else greatest(least(middle + half, 1), rate, coalesce(1 - few_misses.expected / counted, 0))
        end as high,
        unit_share ^ 2 * (rate - estimate) ^ 2 * counted_rate * (1 - counted_rate) * greatest(1 - answers / units, 0)
        / greatest(answers - 1, 1) as share_variance
    from wilson
    left join few as few_hits on few_hits.hits = wilson.hits
    left join few as few_misses on few_misses.hits = wilson.counted - wilson.hits
),

distances as (
    select
        sampled_period, error, programme,
        sqrt(sum((share * (rate - low)) ^ 2) + $error_deviations ^ 2 * sum(share_variance)) as below,
        sqrt(sum((share * (high - rate)) ^ 2) + $error_deviations ^ 2 * sum(share_variance)) as above
    from bounds
    group by sampled_period, error, programme
)

select
    estimates.sampled_period,
    estimates.programme,
    estimates.error,
    estimates.sampled,
    estimates.answered,
    estimates.estimate,
    if(estimates.estimate is not null, greatest(estimates.estimate - distances.below, 0), null) as low,
    if(estimates.estimate is not null, least(estimates.estimate + distances.above, 1), null) as high
from estimates
left join distances using (sampled_period, error, programme)
