-- One row per compared row: the likeliest registry person; where that is nobody, whoever has the row's number by another
-- name and birth date.
select
    left_id as row_id,
    right_id as registry_row_id,
    person_id,
    case when nik_level = 4 then 'nik' when family then 'family_card' else 'probabilistic' end as match_method,
    match_band,
    probability as match_probability,
    guard
from banded_pair
qualify
    row_number() over (
        partition by left_id order by place = 1 and match_band <> 'different' desc, conflict desc, place
    ) = 1
