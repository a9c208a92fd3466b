-- One row per NIK of this month about which an earlier month asked the civil registry.
select distinct ways.number as number_key, person.nik
from identity as ways
inner join person on ways.row_ids[1] = person.row_id
where ways.number in (select asked_number.number_key from asked_number)
