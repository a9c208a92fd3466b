-- One row per letter, that is per family with a recipient row off target or to verify: the addressee and the list of findings.
with rows as (
    select
        people.row_id,
        found.village_code,
        coalesce(found.family_key, found.person_key, format('{} {}', found.source_file, found.source_row)) as family,
        found.person_key,
        found.programme,
        found.source_file,
        found.source_row,
        found.outcome,
        found.objected_on,
        nullif(regexp_replace(found.name, '[0-9]', '', 'g'), '') as name,
        right(regexp_replace(coalesce(found.nik, found.family_card_number), '[^0-9]', '', 'g'), 4) as last_four
    from off_target_recipients as found
    join person_rows as people
        on people.list = found.source
        and people.source_file = found.source_file
        and people.source_row = found.source_row
),

addressed as (
    select *, first_value(person_key) over same as addressee
    from rows
    window same as (partition by family order by programme, source_file, source_row)
),

kinds as (
    select row_id, reason, list_sort(list(distinct words)) as kinds
    from (
        select items.row_id, items.reason, coalesce(by_list.words, by_kind.words) as words
        from (
            select row_id, reason, unnest(evidence_items) as item
            from recipient_reasons
        ) as items
        left join letter_words as by_list on by_list.kind = items.item.kind and by_list.source = items.item.source
        left join letter_words as by_kind on by_kind.kind = items.item.kind and by_kind.source = ''
    )
    where words is not null
    group by row_id, reason
),

findings as (
    select
        addressed.*,
        coalesce(programmes.words, addressed.programme) as label,
        reasons.words as meaning,
        recipient_reasons.certainty,
        reasons.place,
        coalesce(kinds.kinds, []) as kinds
    from addressed
    join recipient_reasons using (row_id)
    join words as reasons on reasons.list = 'reason' and reasons.code = recipient_reasons.reason
    left join words as programmes on programmes.list = 'programme' and programmes.code = addressed.programme
    left join kinds on kinds.row_id = addressed.row_id and kinds.reason = recipient_reasons.reason
),

-- One for all members of whom the same is said.
said as (
    select
        family, label, meaning, kinds, certainty,
        count(*) filter (person_key is not distinct from addressee) as own,
        count(distinct person_key) filter (person_key is distinct from addressee) as others,
        min(row(programme, place, source_file, source_row)) as position
    from findings
    group by all
),

grouped as (
    select
        family,
        list(
            {
                'programme': label, 'meaning': meaning, 'kinds': kinds, 'is_certain': certainty = 'certain', 'own': own,
                'others': others
            }
            order by position
        ) as findings
    from said
    group by family
)

select
    arg_min(village_code, (programme, source_file, source_row)) filter (village_code is not null) as village_code,
    arg_min(name, (programme, source_file, source_row)) filter (person_key is not distinct from addressee and name is not null) as name,
    arg_min(last_four, (programme, source_file, source_row)) filter (
        person_key is not distinct from addressee and last_four <> ''
    ) as last_four,
    bool_or(outcome = 'off_target') as is_off_target,
    max(objected_on) as objected_on,
    grouped.findings
from findings
join grouped using (family)
group by family, grouped.findings
order by village_code nulls last, name nulls last, last_four nulls last, family
