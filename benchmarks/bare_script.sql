-- What a clever afternoon's script does with a month: the lists as they are, linked by number, by card and by name with
-- birth date, judged roughly, written into one database. `landed_registry`, `landed_recipients`, `landed_civil`,
-- `landed_decisions`, `landed_employees` and `landed_payments` are the files' cells as text, in the columns named here.
create macro digits(number) as regexp_replace(number, '[^0-9]', '', 'g');
create macro plain(name) as trim(regexp_replace(upper(name), '[^A-Z]+', ' ', 'g'));
create macro day_of(text) as coalesce(
    try_strptime(text, '%d/%m/%Y'), try_strptime(text, '%Y-%m-%d'), try_strptime(text, '%d-%m-%Y'),
    try_strptime(text, '%Y-%m-%d %H:%M:%S'), try_strptime(text, '%d %B %Y')
)::date;

create table month.registry as
select row_number() over () as id, digits(nik) as nik, digits(card) as card, plain(name) as name, day_of(born) as born,
    sex, digits(village) as village, upper(status) as status, address
from landed_registry;

create table month.recipients as
select row_number() over () as id, programme, digits(nik) as nik, digits(card) as card, plain(name) as name, day_of(born) as born,
    digits(village) as village, name as landed_name, nik as landed_nik
from landed_recipients;

create table month.links as
with by_number as (
    select r.id, p.id as person, 'nik' as method
    from month.recipients as r
    join month.registry as p using (nik)
    where length(nik) = 16 and (r.born = p.born or jaro_winkler_similarity(r.name, p.name) >= 0.85)
),
rest as (select * from month.recipients anti join by_number using (id)),
by_card as (
    select r.id, p.id as person, 'card' as method
    from rest as r
    join month.registry as p using (card)
    where length(card) = 16 and jaro_winkler_similarity(r.name, p.name) >= 0.9
),
by_name as (
    select r.id, p.id as person, 'name' as method
    from (select * from rest anti join by_card using (id)) as r
    join month.registry as p on p.born = r.born and p.village = r.village
    where jaro_winkler_similarity(r.name, p.name) >= 0.9
)
select distinct on (id) id, person, method
from (from by_number union all from by_card union all from by_name)
order by id, method desc, person;

create table month.outcomes as
with dead as (select digits(nik) as nik from landed_civil where upper(status) like 'MENINGGAL%'),
denied as (select digits(nik) as nik from landed_decisions where upper(outcome) in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MD', 'PD')),
employed as (select digits(nik) as nik from landed_employees),
paid as (select distinct digits(nik) as nik from landed_payments)
select
    r.*, l.person, l.method, p.name as registry_name, p.card as registry_card, p.village as registry_village,
    list_filter(
        [
            if(r.nik in (from dead), 'DECEASED', null),
            if(r.nik in (from denied), 'JUDGED', null),
            if(r.nik in (from employed), 'EMPLOYED', null),
            if(l.person is null, 'NOT_IN_REGISTRY', null),
            if(p.status in ('MD', 'PD', 'TT'), 'NOT_ACTIVE', null),
            if(row_number() over (partition by r.programme, coalesce(l.person, -r.id) order by r.id) > 1, 'TWICE', null)
        ],
        lambda reason: reason is not null
    ) as reasons,
    r.nik in (from paid) as is_paid
from month.recipients as r
left join month.links as l using (id)
left join month.registry as p on p.id = l.person;

create table month.poor_and_unserved as
select card, any_value(village) as village, count(*) as people
from month.registry
where length(card) = 16 and card not in (select registry_card from month.outcomes where registry_card is not null)
group by card;

create table month.villages as
select village, programme, count(*) as rows, count(*) filter (len(reasons) > 0) as off_target, count(*) filter (is_paid) as paid
from month.outcomes
group by all
order by all;
