-- One row per recipient row that a decision concerns: the latest such decision, by date, then month and file order, unless
-- that has lapsed (an older one does not come back then).
with latest as (
    select *
    from concerning_decisions
    qualify row_number() over (partition by row_id order by judged desc) = 1
)

select row_id, outcome, decided_on, period, source_file, source_row from latest where not has_lapsed
