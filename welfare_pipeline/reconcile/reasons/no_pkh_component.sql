-- One row per PKH recipient row of a registered family in which no active member meets any component. Of whom the family's
-- card alone ties to it the village must be the family's: the card number may be mistyped, and an address is written in
-- many ways.
with lacking as (
    select distinct row_id, member_id
    from pkh_members
    anti join pkh_components using (row_id)
    semi join covered_recipients using (row_id)
),

strangers as (
    select lacking.row_id
    from lacking
    join recipients using (row_id)
    join registry on registry.row_id = lacking.member_id
    where not recipients.linked
    group by lacking.row_id
    having bool_and(registry.village_code <> recipients.village_code)
)

select
    lacking.row_id,
    [evidence_item('active_members', 'registry', null, null, value := count(*))]
    || list(evidence_item('family_member', 'registry', registry.source_file, registry.source_row)) as items
from lacking
join registry on registry.row_id = lacking.member_id
anti join strangers on strangers.row_id = lacking.row_id
group by lacking.row_id
