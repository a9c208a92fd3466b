-- The date in a NIK (DDMMYY, for women the day + 40) if born in that century ('19' or '20'); null if there is no such day
create macro nik_date_in(century, nik) as try_cast(
    concat_ws(
        '-',
        century || nik[11:12],
        nik[9:10],
        lpad(((try_cast(nik[7:8] as integer) - 1) % 40 + 1)::varchar, 2, '0')
    ) as date
);

-- The birth date in a NIK, which does not tell the century: the one nearer to the birth date beside it; without that the
-- later one. Nobody is born after the latest day
create macro nik_birth_date(nik, beside, latest) as case
    when coalesce(nik_date_in('20', nik) > latest, true) then nik_date_in('19', nik)
    when abs(nik_date_in('19', nik) - beside) < abs(nik_date_in('20', nik) - beside) then nik_date_in('19', nik)
    else nik_date_in('20', nik)
end;

-- Whether two dates are one but for the century, as dates with years of two digits are
create macro same_but_century(a, b) as strftime(a, '%d%m%y') = strftime(b, '%d%m%y')
