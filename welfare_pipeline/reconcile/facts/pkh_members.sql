-- One row per active registered member of a PKH recipient's family, with the age on the period's last day.
with families as (
    select recipients.row_id, member.row_id as member_id
    from recipients
    join recipient_cards using (row_id)
    join registry_people as member on member.card = recipient_cards.card
    where recipients.programme = 'pkh' and member.active
    union
    select recipients.row_id, member.row_id
    from recipients
    join registry_people as member on member.person_id = recipients.settled_person_id
    where recipients.programme = 'pkh' and member.active
)

select
    families.row_id,
    families.member_id,
    date_sub('year', registry.birth_date, $period_end) as age,
    registry.pregnant,
    registry.disability,
    regexp_matches(
        upper(registry.school_level), '(TAMAT|LULUS) *(SMA|SMK|MA|SLTA|D[1-4]|S[1-3])|KULIAH|DIPLOMA|SARJANA|PERGURUAN|^(D[1-4]|S[1-3])$'
    ) as schooled
from families
join registry on registry.row_id = families.member_id
