-- One row per month sampled, programme and error of which answers landed in this month. Stratified estimator: a share, and for
-- exclusion a ratio (Cochran 1977, Sampling Techniques, 3rd ed., sections 5.3, 5.12 and 6.11), finite population correction
-- included. Who was not found or refused is no answer; those who answered stand for the whole stratum. The interval is
-- Wilson's at the effective sample size (Korn and Graubard 1998, Survey Methodology 24; Franco et al. 2019, JSSAM 7).
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

counts as (
    select sampled_period, error, programme, count(*) as sampled, count(*) filter (is_answer) as answered
    from observed
    group by all
),

weighted as (
    select
        *,
        stratum_units / count(*) over (partition by sampled_period, error, programme, stratum) as weight,
        count(*) over (partition by sampled_period, error, programme, stratum) as stratum_answers
    from observed
    where is_answer
),

ratios as (
    select sampled_period, error, programme, sum(weight * y) / nullif(sum(weight * x), 0) as estimate, sum(weight * x) as total,
        sum(x) as counted
    from weighted
    group by sampled_period, error, programme
),

strata as (
    select
        weighted.sampled_period, weighted.error, weighted.programme, weighted.stratum,
        any_value(weighted.stratum_units order by weighted.stratum_units) as stratum_units,
        count(*) as answers,
        var_pop(weighted.y - ratios.estimate * weighted.x) as spread
    from weighted
    join ratios using (sampled_period, error, programme)
    group by weighted.sampled_period, weighted.error, weighted.programme, weighted.stratum
),

variances as (
    select
        sampled_period, error, programme,
        sum(
            stratum_units * stratum_units * greatest(1 - answers / stratum_units, 0) / answers
            * spread * answers / greatest(answers - 1, 1)
        ) as variance
    from strata
    group by sampled_period, error, programme
),

effective as (
    select
        ratios.*,
        case
            when variances.variance > 0
                then least(ratios.estimate * (1 - ratios.estimate) * ratios.total * ratios.total / variances.variance, ratios.total)
            else ratios.counted
        end as size
    from ratios
    join variances using (sampled_period, error, programme)
),

intervals as (
    select
        *,
        (estimate + $error_deviations * $error_deviations / (2 * size)) / (1 + $error_deviations * $error_deviations / size) as middle,
        $error_deviations * sqrt(estimate * (1 - estimate) / size + $error_deviations * $error_deviations / (4 * size * size)) / (1 + $error_deviations * $error_deviations / size) as half
    from effective
)

select
    counts.sampled_period,
    counts.programme,
    counts.error,
    counts.sampled,
    counts.answered,
    intervals.estimate,
    greatest(least(intervals.middle - intervals.half, intervals.estimate), 0) as low,
    least(greatest(intervals.middle + intervals.half, intervals.estimate), 1) as high
from counts
left join intervals using (sampled_period, error, programme)
