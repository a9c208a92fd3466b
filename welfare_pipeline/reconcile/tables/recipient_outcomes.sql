-- One row per accepted recipient row: exactly one outcome, and every reason by precedence.
with components as (
    select row_id, list_sort(list(distinct component)) as components from pkh_components group by row_id
)

select
    landed.programme,
    landed.programme as source,
    landed.source_file,
    landed.source_row,
    people.person_key,
    people.family_key,
    recipients.village_code,
    outcomes.outcome,
    outcomes.reasons[1] as primary_reason,
    outcomes.reasons,
    people.match_method,
    people.match_band,
    people.match_probability,
    people.guard,
    coalesce(components.components, []) as components,
    recipient_amounts.monthly_amount,
    recipient_amounts.amount_basis,
    landed.nik,
    landed.name,
    landed.family_card_number,
    landed.address
from recipient_rows as landed
join recipients using (row_id)
join outcomes using (row_id)
join people using (row_id)
join recipient_amounts using (row_id)
left join components using (row_id)
