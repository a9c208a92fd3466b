"""CSV files whose lines, quotes, delimiters or headers are not what they should be."""

from tests.hostile.kinds import HEADER, MARK, Expected, Place, kind, read, read_or_refused, refused


@kind
def cr_line_ends(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).replace("\n", "\r"))
    return read(5)


@kind
def mixed_line_ends(place: Place) -> Expected:
    lines = place.csv(place.people(20)).splitlines()
    place.write("csv", "".join(line + place.dice.choice(["\n", "\r\n", "\r"]) for line in lines))
    return read(20)


@kind
def no_last_line_end(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).rstrip("\n"))
    return read(5)


@kind
def dos_end_mark(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()) + "\x1a" * place.dice.randint(1, 3))
    return read(5)


@kind
def line_ends_that_are_none(place: Place) -> Expected:
    rows = place.people(8)
    for row in rows:
        row[1] += place.dice.choice(["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"]) + "BINTI"
    place.write("csv", place.csv(rows))
    return read(8)


@kind
def quote_never_closed(place: Place) -> Expected:
    rows = place.people(30)
    rows[place.dice.randrange(30)][place.dice.randrange(1, 3)] = f'"{MARK}'
    place.write("csv", place.csv(rows))
    return read(30)


@kind
def quote_never_closed_anywhere(place: Place) -> Expected:
    rows = place.people(100)
    for row in rows:
        row[1] = f'"{row[1]}'
    place.write("csv", place.csv(rows))
    return read(100)


@kind
def quote_in_the_header_never_closed(place: Place) -> Expected:
    place.write("csv", place.csv(place.people(), header=("nik", '"nama', "alamat")))
    return read_or_refused()


@kind
def quote_in_an_unknown_header_never_closed(place: Place) -> Expected:
    quote = place.dice.choice(["", '"'])
    rows = [[f"{quote}{value}{quote}" for value in (*row, "x")] for row in place.people(50)]
    place.write("csv", place.csv(rows, header=(*HEADER, '"catatan')))
    return read(50)


@kind
def quotes_everywhere(place: Place) -> Expected:
    rows = place.people(40)
    for row in rows:
        row[1] = "".join(letter + '"' * place.dice.choice([0, 0, 1, 2, 3]) for letter in row[1])
    place.write("csv", place.csv(rows))
    return read(40)


@kind
def mixed_delimiters(place: Place) -> Expected:
    lines = [place.dice.choice([",", ";", "\t", "|"]).join(row) for row in place.people(20)]
    place.write("csv", ",".join(HEADER) + "\n" + "\n".join(lines) + "\n")
    return read(20)


@kind
def ragged_rows(place: Place) -> Expected:
    rows = [row + ["X"] * place.dice.randint(0, 5) if i % 2 else row[:2] for i, row in enumerate(place.people(30))]
    place.write("csv", place.csv(rows))
    return read(30)


@kind
def a_row_of_many_fields(place: Place) -> Expected:
    place.write("csv", place.csv([*place.people(), ["X"] * 100_000]))
    return read(6)


@kind
def delimiters_only(place: Place) -> Expected:
    place.write("csv", (place.dice.choice([",", ";", "\t"]) * 10 + "\n") * 500)
    return refused("")


@kind
def ten_megabytes_of_delimiters(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()) + "," * 10_000_000 + "\n")
    return read(5)


@kind
def ten_megabytes_in_a_line(place: Place) -> Expected:
    place.write("csv", place.csv([*place.people(), ["", "QAXU", "x" * 10_000_000]]))
    return read(6)


@kind
def ten_megabytes_in_the_first_line(place: Place) -> Expected:
    place.write("csv", MARK * 1_000_000)
    return refused("no header row")


@kind
def ten_megabytes_of_quotes(place: Place) -> Expected:
    place.write("csv", place.csv([*place.people(), ["", '"QA', 'x"y' * 1_000_000]]))
    return read(6)


@kind
def cell_of_100_000_characters(place: Place) -> Expected:
    rows = place.people(30)
    rows[place.dice.choice([0, 25])][place.dice.randrange(3)] = MARK * 15_000
    place.write("csv", place.csv(rows))
    return read(30)


@kind
def cell_of_300_000_characters(place: Place) -> Expected:
    rows = place.people(30)
    rows[place.dice.choice([0, 25])][2] = place.dice.choice(['"{}"', "{}", '"{}']).format(MARK * 43_000)
    place.write("csv", place.csv(rows))
    return read(30)


@kind
def cell_over_a_thousand_lines(place: Place) -> Expected:
    rows = place.people(6)
    rows[3][2] = '"' + "baris\n" * 1_000 + '"'
    place.write("csv", place.csv(rows))
    return read_or_refused()


@kind
def header_of_300_000_characters(place: Place) -> Expected:
    place.write("csv", place.csv([[*row, ""] for row in place.people()], header=(*HEADER, "y" * 300_000)))
    return read(5)


@kind
def thousands_of_columns(place: Place) -> Expected:
    width = place.dice.randint(1_000, 1_900)
    header = (*HEADER, *(f"k{i}" for i in range(width)))
    place.write("csv", place.csv([[*row, *["v"] * width] for row in place.people(20)], header=header))
    return read(20)


@kind
def too_many_columns(place: Place) -> Expected:
    header = (*HEADER, *(f"k{i}" for i in range(20_000)))
    place.write("csv", place.csv(place.people(), header=header))
    return refused("columns")


@kind
def too_many_nameless_columns(place: Place) -> Expected:
    place.write("csv", place.csv(place.people(), header=(*HEADER, *[""] * 50_000)))
    return read_or_refused()


@kind
def header_in_row_40(place: Place) -> Expected:
    place.write("csv", "LAPORAN\n" * 39 + place.csv(place.people()))
    return refused("no header row")


@kind
def no_header_at_all(place: Place) -> Expected:
    place.write("csv", place.csv(place.people(30)).split("\n", 1)[1])
    return refused("no header row")


@kind
def header_below_the_data(place: Place) -> Expected:
    place.write("csv", "\n".join(reversed(place.csv(place.people(10)).splitlines())))
    return read_or_refused()


@kind
def two_headers_for_one_column(place: Place) -> Expected:
    place.write("csv", place.csv([[*row, row[1]] for row in place.people()], header=(*HEADER, "Nama Lengkap")))
    return refused("two headers")


@kind
def a_required_column_is_missing(place: Place) -> Expected:
    place.write("csv", place.csv([row[:1] for row in place.people()], header=("nik",)))
    return refused("")


@kind
def header_again_and_again(place: Place) -> Expected:
    place.write("csv", "".join(place.csv(place.people()) for _ in range(10)))
    return read(50)


@kind
def end_of_data_at_once(place: Place) -> Expected:
    place.write("csv", ",".join(HEADER) + "\n###\n" + place.csv(place.people()))
    return read(0)  # an empty list


@kind
def odd_separator_line(place: Place) -> Expected:
    place.write("csv", place.dice.choice(["sep=\n", "sep=\x01\n", "sep=,,\n", "SEP=;\n"]) + place.csv(place.people()))
    return read_or_refused()


@kind
def spaces_for_delimiters(place: Place) -> Expected:
    place.write("csv", place.csv(place.people(), delimiter="   "))
    return refused("")


@kind
def a_column_of_names_only(place: Place) -> Expected:
    place.write("csv", "\n".join(row[1] for row in place.people(30)))
    return refused("")
