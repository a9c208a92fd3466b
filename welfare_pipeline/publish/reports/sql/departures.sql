-- One row per movement and likely reason of people who left the PBI list or came back to it.
select
    movements.words as movement,
    reasons.words as reason,
    count(*) as people,
    count(*) filter (departure.urgency = 'high' and departure.movement = 'left') as urgent
from pbi_departures as departure
join words as movements on movements.list = 'pbi_movement' and movements.code = departure.movement
left join words as reasons on reasons.list = 'departure_reason' and reasons.code = departure.likely_reason
group by all
order by min(movements.place), count(*) desc, min(reasons.place)
