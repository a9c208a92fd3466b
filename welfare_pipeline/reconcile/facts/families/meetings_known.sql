-- One row: whether the list of village meetings arrived.
select count(*) > 0 as known
from village_meetings
