-- No row: a survey's rate and the registry's ranks measure different things; that they differ is no fault of either.
select null::varchar as example where false
