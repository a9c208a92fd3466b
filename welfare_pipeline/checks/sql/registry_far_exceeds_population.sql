-- One row if the registry is so much larger than the district that it must be wrong.
select 1 from {batch} where registry_persons > people * getvariable('blocking_ratio')
