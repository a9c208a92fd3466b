-- One row per person who left the PBI list or came back to it; the ill who cannot wait first.
with advised as (
    select departure.person_key, string_agg(words.words, ' ' order by words.place) as action
    from pbi_departures as departure, unnest(departure.requirements) as item (code)
    join words on words.list = 'return_requirement' and words.code = item.code
    group by departure.person_key
)

select
    departure.village_code,
    departure.person_key as key,
    departure.name,
    departure.nik,
    departure.family_card_number,
    departure.address,
    movements.words as movement,
    case when departure.movement = 'left' then urgencies.words end as urgency,
    concat_ws(
        ' ', reasons.words || '.', 'Desil: ' || if(departure.decile = 'unranked', 'belum diperingkat', departure.decile) || '.',
        'Penyakit: ' || lower(departure.illness) || '.'
    ) as evidence,
    by_path(advised.action, departure.proposal_path) as action
from pbi_departures as departure
join words as movements on movements.list = 'pbi_movement' and movements.code = departure.movement
join words as urgencies on urgencies.list = 'urgency' and urgencies.code = departure.urgency
left join words as reasons on reasons.list = 'departure_reason' and reasons.code = departure.likely_reason
left join advised using (person_key)
order by
    departure.village_code nulls last, departure.urgency <> 'high', departure.movement, departure.family_card_number nulls last,
    departure.name nulls last, departure.person_key
