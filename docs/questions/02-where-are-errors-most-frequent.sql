-- Where are errors most frequent? One row per sub-district: recipient rows, those off target, and their share.
-- Rows of no known village stand under an empty sub-district, so that districts add up.
select
    areas.period,
    districts.district_name,
    areas.subdistrict_name,
    sum(areas.recipients) as recipients,
    sum(areas.off_target) as off_target,
    sum(areas.to_verify) as to_verify,
    sum(areas.off_target) / nullif(sum(areas.recipients), 0) as off_target_share
from village_summary as areas
left join districts on areas.district_code = districts.district_code
where areas.period = (select max(period) from district_summary)
group by all
order by off_target_share desc nulls last, districts.district_name, areas.subdistrict_name
