-- Of the birth dates that a NIK allows (`other`: if there are two, a century apart) the one nearer to the birth date
-- beside it; without that the later one
create macro nearest_birth_date(one, other, beside) as case
    when one is null or other is null then coalesce(one, other)
    when abs(least(one, other) - beside) < abs(greatest(one, other) - beside) then least(one, other)
    else greatest(one, other)
end;

-- Whether two dates are one but for the century, as dates with years of two digits are
create macro same_but_century(a, b) as day(a) = day(b) and month(a) = month(b) and year(a) % 100 = year(b) % 100;

-- A name in capital letters and digits, its words parted by one blank; null if nothing is left. (Most are written so:
-- to see that takes a fraction of the time.)
create macro plain_text(name) as case
    when regexp_full_match(name, '[A-Z0-9]+( [A-Z0-9]+)*') then name
    else nullif(trim(regexp_replace(upper(name), '[^A-Z0-9]+', ' ', 'g')), '')
end
