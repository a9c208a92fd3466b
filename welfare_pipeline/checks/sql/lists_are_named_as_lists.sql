-- One row per file that is a whole list under a name that no list has.
select '"' || source_file || '" is most likely the list ' || meant || ' and was not read (' || error || ')' as example
from {batch}
where meant is not null
