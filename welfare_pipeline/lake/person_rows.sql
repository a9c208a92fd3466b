-- One row per landed row that names a person, whatever the list, with what follows from the row by itself.
-- `named_rows`: the rows of the lists that name people, in the same columns (`person_rows.py`).
-- A family card that stands beside more people than a family has, in the registry and the programme lists, proves no
-- family. A person has one number and one name: who lacks one of them in a list, or is spelt otherwise there, is no
-- further person.
with carried as (
    select row_id, family_card_number as card, nik, nik_status, name
    from named_rows
    where card_status = 'valid' and list in ('registry', programme)
),

crowded as (
    select card from carried group by card having count(*) > $family_size_limit
),

counted as (
    select
        card,
        greatest(
            count(distinct number),
            least(count(distinct coalesce(number, name, place)), count(distinct coalesce(name, number, place)))
        ) as people
    from (
        select
            card,
            case when nik_status = 'valid' then nik end as number,
            plain_text(name) as name,
            row_id::varchar as place
        from carried
        semi join crowded using (card)
    )
    group by card
),

oversize_cards as (
    select card from counted where people > $family_size_limit
),

-- A number that is a registry family's card and nobody's NIK there, in a row without a card and under the name of one of
-- that family, was written in the wrong column. (A person's own number can be some family's card as well.)
registry_cards as (
    select registry.family_card_number as card, plain_text(registry.name) as name
    from registry
    anti join registry as person on person.nik = registry.family_card_number
    where registry.card_status = 'valid'
),

beside_members as (
    select cardless.row_id, cardless.nik as card, plain_text(cardless.name) as name, registry_cards.name as member_name
    from (select row_id, nik, name from named_rows where card_status is distinct from 'valid') as cardless
    join registry_cards on registry_cards.card = cardless.nik
),

worded as (
    select *, string_split(name, ' ') as words, string_split(member_name, ' ') as member_words from beside_members
),

cards_in_nik as (
    select distinct row_id, card
    from worded
    where list_sort(words) = list_sort(member_words)
        or (
            len(list_intersect(words, member_words)) >= $words_in_longer_name
            and len(list_intersect(words, member_words)) = least(len(words), len(member_words))
        )
        or (
            least(length(name), length(member_name)) >= $least_letters
            and jaro_winkler_similarity(name, member_name) >= $same_number_similarity
        )
),

-- A day that stands for blanks: in a list on far more rows than people are born on one day, and most of their numbers
-- have another year. (It stays for years in a record that nobody corrects, and in every list that copies it.)
busy_days as (
    select *
    from (
        select
            list,
            birth_date,
            count(*) as people,
            greatest($default_day_rows, $default_day_share * sum(count(*)) over (partition by list)) as many
        from named_rows
        where birth_date is not null
        group by list, birth_date
    )
    where people >= many
),

default_days as (
    select distinct birth_date
    from (
        select *, nik[11:12] <> strftime(birth_date, '%y') as is_contradicted
        from named_rows
        join busy_days using (list, birth_date)
        where nik_status = 'valid'
    )
    group by list, birth_date
    having count_if(is_contradicted) >= max(many) and count_if(is_contradicted) > count_if(not is_contradicted)
),

-- A NIK has the birth date as DDMMYY, for women the day + 40: a day in each century that has it. Nobody is born after
-- the period.
dated as (
    select
        *,
        case
            when nik_status = 'valid'
                then nik[9:10] || '-' || lpad(((try_cast(nik[7:8] as integer) - 1) % 40 + 1)::varchar, 2, '0')
        end as month_and_day
    from named_rows
),

-- Each date is made in a step of its own: within one select DuckDB would write it out in full wherever it is named.
in_centuries as (
    select
        *,
        try_cast('19' || nik[11:12] || '-' || month_and_day as date) as in_1900s,
        try_cast('20' || nik[11:12] || '-' || month_and_day as date) as day_in_2000s
    from dated
),

born as (
    select *, case when day_in_2000s <= $period_end then day_in_2000s end as in_2000s
    from in_centuries
),

chosen as (
    select *, nearest_birth_date(in_1900s, in_2000s, birth_date) as nik_birth_date
    from born
),

numbered as (
    select *, same_but_century(birth_date, nik_birth_date) as birth_date_fits_nik
    from chosen
)

select
    numbered.* replace (coalesce(numbered.stage, '') as stage),
    case when numbered.card_status = 'valid' and oversize_cards.card is null then numbered.family_card_number end as usable_card,
    case when oversize_nik.card is null then cards_in_nik.card end as card_in_nik,
    cards_in_nik.card is not null as nik_is_card,
    case when in_1900s <> in_2000s then if(nik_birth_date = in_1900s, in_2000s, in_1900s) end as other_nik_birth_date,
    case
        when nik_birth_date is null then null
        when other_nik_birth_date is null then 'only'
        when numbered.birth_date is null then 'later'
        else 'nearer'
    end as nik_century,
    -- A birth in the month itself is a blank that became the day of export, as one on a default day is, unless the NIK agrees.
    coalesce(
        (numbered.birth_date < date_trunc('month', $period_end::date) and default_days.birth_date is null)
            or birth_date_fits_nik,
        false
    ) as birth_date_is_believed,
    case when status_date is null or status_date <= $period_end then status end as presence,
    plain_text(name) as plain_name
from numbered
left join oversize_cards on oversize_cards.card = numbered.family_card_number
left join cards_in_nik on cards_in_nik.row_id = numbered.row_id
left join oversize_cards as oversize_nik on oversize_nik.card = cards_in_nik.card
left join default_days on default_days.birth_date = numbered.birth_date
