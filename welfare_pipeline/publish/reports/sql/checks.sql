-- One row per check that did not pass: the list, in words, and what was found.
select
    coalesce(list.words, named.words, 'Hasil perhitungan') as list,
    severity.words as severity,
    checks.explanation_id as explanation
from check_results as checks
left join words as list on list.list = 'list' and checks."table" = list.code
left join list_tables as named on checks."table" = named.code
left join words as severity on severity.list = 'severity' and severity.code = checks.severity
where not checks.passed
order by checks.severity, list.place nulls last, checks."table", checks."check"
