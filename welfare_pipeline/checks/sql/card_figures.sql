-- One row per figure of e-KTP recording in the district.
unpivot (
    select
        sum(ktp_eligible)::double as must_hold_one,
        sum(ktp_recorded)::double as recorded,
        round(sum(ktp_recorded) / sum(ktp_eligible), 4) as share_recorded,
        round(min(ktp_recorded / nullif(ktp_eligible, 0)), 4) as lowest_share_of_a_village
    from {batch}
) on columns(*) into name label value figure
