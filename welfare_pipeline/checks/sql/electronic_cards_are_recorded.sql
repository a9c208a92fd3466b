-- One row per village with too few people recorded for an e-KTP.
select
    in_both(
        village_code || coalesce(' ' || village_name, '') || ': ' || ktp_recorded || ' of ' || ktp_eligible,
        village_code || coalesce(' ' || village_name, '') || ': ' || ktp_recorded || ' dari ' || ktp_eligible
    ) as example
from {batch}
where ktp_recorded < getvariable('ktp_recorded_share') * ktp_eligible
