-- One row per figure of e-KTP recording in the district.
with figures as (
    unpivot (
        select
            sum(ktp_eligible)::double as must_hold_one,
            sum(ktp_recorded)::double as recorded,
            round(sum(ktp_recorded) / sum(ktp_eligible), 4) as share_recorded,
            round(min(ktp_recorded / nullif(ktp_eligible, 0)), 4) as lowest_share_of_a_village
        from {batch}
    ) on columns(*) into name label value figure
)

select
    in_both(label, case label
        when 'must_hold_one' then 'wajib KTP'
        when 'recorded' then 'sudah rekam'
        when 'share_recorded' then 'bagian yang sudah rekam'
        when 'lowest_share_of_a_village' then 'bagian terendah sebuah desa'
    end) as label,
    figure
from figures
