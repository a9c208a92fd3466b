-- One row per published figure beside the figure counted here (accepted rows, or families where the unit says so), and what
-- explains a difference. Beside a poverty rate, for information: the percentage of the population in the lowest deciles.
with people as (
    select sum(total) as population from population
),

poorest as (
    select round(100.0 * count(*) filter (decile_highest <= $poverty_deciles) / nullif(max(population), 0), 2) as share
    from people
    left join registry_ranks on says_rank
    having count(*) filter (says_rank) > 0
),

compared as (
    select
        figure.source_file,
        figure.source_row,
        figure.measure,
        figure.value as published,
        coalesce(regexp_matches(upper(figure.unit), $family_unit), false) as in_families,
        case
            when figure.measure = 'susenas_poverty_rate' then poorest.share
            when in_families then total.families
            else total.rows
        end as counted,
        case when figure.measure <> 'susenas_poverty_rate' then counted - figure.value end as difference,
        figure.unit,
        figure.source as published_by,
        figure.published_on,
        total.* exclude (measure)
    from published_figures as figure
    left join counted_totals as total using (measure)
    left join poorest on true
),

explained as (
    select
        *,
        rows - families as rows_of_known_families,
        list_filter(stages, lambda item: item.rows = published)[1].stage as stage_alone
    from compared
)

select
    source_file,
    source_row,
    measure,
    published,
    counted,
    difference,
    case
        when measure = 'susenas_poverty_rate' and counted is null
            then 'A share that a survey estimated, in percent: nothing here counts it.'
        when measure = 'susenas_poverty_rate'
            then format(
                'For information: a survey''s estimate in percent, beside the share of the population registered in deciles 1 to {}.',
                $poverty_deciles
            )
        when counted is null then 'Nothing was counted: what the figure counts did not arrive.'
        when difference = 0 then null
        when difference = -rows_rejected
            then format('As many as the rows of the list that were rejected ({:,}; see rejected_rows).', rows_rejected)
        when in_families and difference = -rows_of_known_families
            then format('As many as the rows that repeat a family of the list ({:,}): the figure counts rows.', rows - families)
        when not in_families and difference = repeats
            then format('As many as the rows that repeat a person of the list ({:,}, duplicates): the figure counts people.', repeats)
        when not in_families and difference = rows_of_known_families
            then format(
                'As many as the rows that repeat a family of the list ({:,}, duplicates): the figure counts families.',
                rows_of_known_families
            )
        when not in_families and difference = repeats - rows_rejected
            then format(
                'As many as the rows that repeat a person ({:,}, duplicates) less the rows that were rejected ({:,}).',
                repeats, rows_rejected
            )
        when difference = -not_active
            then format('As many as the rows of people who are no longer active ({:,}).', not_active)
        when difference = -rows_missing
            then format('As many as the rows of {} last month: a missing part, which did not land.', files_missing)
        when number_of_stages > 1 and stage_alone is not null
            then format('The figure is that of stage {} alone; the list has {} stages.', stage_alone, number_of_stages)
        when difference < 0 and files_rejected is not null
            then format('A missing part: {} was rejected, its rows are not counted.', files_rejected)
        when difference < 0 and areas_missing is not null
            then format('A part may be missing: the list has nobody of {}.', areas_missing)
        else format(
            'Not explained by rejected rows ({:,}), duplicates ({:,}) or a part known to be missing: find out which figure '
            || 'is wrong before either is quoted.',
            rows_rejected, greatest(repeats, rows_of_known_families)
        )
    end as explanation,
    unit,
    published_by,
    published_on
from explained
