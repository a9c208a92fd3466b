-- One row per recipient row to visit: off target, to be verified, or said to be well off by a complaint.
with said as (
    select
        person_key,
        family_key,
        format(
            '{}{} baris {}, {}',
            case when complaint_period <> period then complaint_period || ': ' else '' end,
            source_file,
            source_row,
            coalesce(strftime(received_on, '%d/%m/%Y'), 'tanpa tanggal')
        ) as complaint
    from complaint_findings
    where kind = 'INCLUDED' and finding in ('included_and_off_target', 'included_to_verify')
),

said_of_rows as (
    select outcome.programme, outcome.source_file, outcome.source_row, said.complaint
    from recipient_outcomes as outcome
    join said using (person_key)
    union
    select outcome.programme, outcome.source_file, outcome.source_row, said.complaint
    from recipient_outcomes as outcome
    join said using (family_key)
    where said.person_key not in (select person_key from recipient_outcomes where person_key is not null)
),

complaints_of_rows as (
    select
        programme,
        source_file,
        source_row,
        'Dinilai mampu menurut pengaduan (bukan bukti): ' || string_agg(complaint, '; ' order by complaint) as complaints
    from said_of_rows
    group by all
),

listed as (
    select outcome.*, complaints_of_rows.complaints, found.proposal_path
    from recipient_outcomes as outcome
    left join off_target_recipients as found using (programme, source_file, source_row)
    left join complaints_of_rows using (programme, source_file, source_row)
    where outcome.outcome in ('off_target', 'to_verify') or complaints_of_rows.complaints is not null
),

landed as (
    select listed.programme, people.*
    from listed
    join person_rows as people
        on people.list = listed.source
        and people.source_file = listed.source_file
        and people.source_row = listed.source_row
),

found as (
    select
        recipient_reasons.row_id,
        string_agg(
            format('{} [{}]', words.words, recipient_reasons.evidence_id), ' ' order by words.place
        ) as evidence
    from recipient_reasons
    join words on words.list = 'reason' and words.code = recipient_reasons.reason
    where recipient_reasons.row_id in (select row_id from landed)
    group by recipient_reasons.row_id
)

select
    listed.village_code,
    listed.person_key as key,
    listed.name,
    listed.nik,
    listed.family_card_number,
    strftime(landed.birth_date, '%d/%m/%Y') as birth_date,
    listed.address,
    coalesce(programmes.words, listed.programme) as programme,
    if(listed.outcome = 'on_target', 'Ada pengaduan', outcomes.words) as standing,
    found.evidence,
    listed.complaints,
    coalesce(by_path(reasons.action, listed.proposal_path), 'Kunjungi keluarga dan nilai dalam musyawarah; pengaduan bukan bukti.') as action,
    format('{} baris {}', listed.source_file, listed.source_row) as sources,
    listed.primary_reason as reason,
    landed.sex,
    landed.mother_name
from listed
join landed
    on landed.programme = listed.programme
    and landed.source_file = listed.source_file
    and landed.source_row = listed.source_row
left join words as programmes on programmes.list = 'programme' and programmes.code = listed.programme
join words as outcomes on outcomes.list = 'outcome' and outcomes.code = listed.outcome
left join found on found.row_id = landed.row_id
left join words as reasons on reasons.list = 'reason' and reasons.code = listed.primary_reason
order by
    listed.village_code nulls last, listed.family_card_number nulls last, listed.name nulls last,
    listed.programme, listed.source_file, listed.source_row
