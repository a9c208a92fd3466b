-- One row per figure of poverty in the district, and both in words.
with survey as (
    select arg_max(value, (published_on, row_id)) as rate
    from published_figures
    where measure = 'susenas_poverty_rate'
),

registered as (
    select 100.0 * count(*) filter (decile_highest <= getvariable('poverty_deciles')) / nullif(max(people), 0) as share
    from {batch}, registries
    where registries.period = getvariable('period')
),

compared as (
    select
        round(survey.rate, 2) as susenas_poverty_rate,
        round(registered.share, 2) as share_in_lowest_deciles,
        format(
            '{{}} {{}} in {{}}.',
            coalesce(format('Susenas: {{:.2f}} % of the people are poor.', survey.rate), 'No poverty rate of Susenas was published.'),
            coalesce(format('Of the population {{:.2f}} % are registered', registered.share), 'It is not known who is registered'),
            if(
                getvariable('poverty_deciles') = 1, 'decile 1', format('deciles 1 to {{}}', getvariable('poverty_deciles'))
            )
        ) as comparison,
        format(
            '{{}} {{}} pada {{}}.',
            coalesce(
                format('Susenas: {{}}% penduduk miskin.', replace(format('{{:.2f}}', survey.rate), '.', ',')),
                'Angka kemiskinan Susenas belum diterbitkan.'
            ),
            coalesce(
                format('Dari penduduk {{}}% terdata', replace(format('{{:.2f}}', registered.share), '.', ',')),
                'Tidak diketahui siapa yang terdata'
            ),
            if(getvariable('poverty_deciles') = 1, 'desil 1', format('desil 1 sampai {{}}', getvariable('poverty_deciles')))
        ) as comparison_id
    from survey, registered
)

select in_both('susenas_poverty_rate', 'angka kemiskinan Susenas (persen)') as label, susenas_poverty_rate::varchar as figure from compared
union all
select in_both('share_in_lowest_deciles', 'penduduk pada desil terendah (persen)'), share_in_lowest_deciles::varchar from compared
union all
select 'comparison', comparison from compared
union all
select 'comparison_id', comparison_id from compared
