-- One row per fact of the earlier months, as the latest of them has it, and where it first landed: lists that are sent whole
-- each month say the same again.
select
    unnest(max_by(told, row(told.period, told.row_id))),
    min({'period': told.period, 'row_id': told.row_id}) as first_landed
from facts_told as told
group by
    told.list,
    told.person_key,
    case when told.names_family_only then told.family_key end,
    told.card_key,
    told.number_key,
    told.names_family_only,
    told.programme,
    told.said,
    told.dated,
    told.ktp_recorded,
    told.village_code,
    told.reason,
    told.settled_on,
    case when told.disposition is not null then row(told.period, told.row_id) end -- what it answers is of its month
