-- One row per finding about the delivery: those drafted before, and each answer of it that contradicts an answer, of
-- whichever month, about the same two persons.
with contradicted as (
    select own.source_file, own.source_row
    from known_answer as own
    where own.period = $period
        and exists (
            select 1
            from known_answer as other
            where other.answer <> own.answer
                and least(other.person_key, other.registry_person_key) = least(own.person_key, own.registry_person_key)
                and greatest(other.person_key, other.registry_person_key)
                = greatest(own.person_key, own.registry_person_key)
        )
)

select source, source_file, sheet, sheet_name, source_row, finding, column_name
from delivery_findings
union
select 'review_answers', contradicted.source_file, null, null, contradicted.source_row, 'CONTRADICTING_ANSWERS', 'answer'
from contradicted
where not exists (
    select 1
    from delivery_findings as told
    where told.finding = 'CONTRADICTING_ANSWERS'
        and told.source_file = contradicted.source_file
        and told.source_row = contradicted.source_row
)
