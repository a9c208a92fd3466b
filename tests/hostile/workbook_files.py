"""Workbooks that spreadsheets, other programs or attackers write: XML tricks, odd sheets, broken archives."""

import io
import zipfile
from datetime import UTC, datetime

import xlsxwriter

from tests.hostile.kinds import HEADER, MARK, Expected, Place, kind, read, read_or_refused, refused
from tests.hostile.workbooks import MAIN, SHEET_1, cell, changed, raw_workbook, sheet_of, workbook, zipped

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@kind
def workbook_with_macros(place: Place) -> Expected:
    macro = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + place.dice.randbytes(2000)}
    place.write("xlsx", changed(workbook(place.csv_rows()), macro))
    return read(5)


@kind
def merged_cells(place: Place) -> Expected:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "DAFTAR PENERIMA")
        for i, row in enumerate(place.csv_rows()):
            sheet.write_row(i + 1, 0, row)
        sheet.merge_range(7, 0, 7, 2, MARK)
        sheet.merge_range(2, 2, 4, 2, "JL. BERSAMA")
    place.write("xlsx", buffer.getvalue())
    return read(6)


@kind
def hidden_sheets(place: Place) -> Expected:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for hide in ("", "hide", "very_hidden"):
            sheet = book.add_worksheet()
            for i, row in enumerate(place.csv_rows()):
                sheet.write_row(i, 0, row)
            if hide:
                getattr(sheet, hide)()
    place.write("xlsx", buffer.getvalue())
    return read(15)


@kind
def hundreds_of_sheets(place: Place) -> Expected:
    place.write("xlsx", workbook(*([HEADER, row] for row in place.people(150))))
    return read(150)


@kind
def sheets_with_harmful_titles(place: Place) -> Expected:
    titles = (f"'; drop table x; --{MARK}"[:31].replace("'", "’"), "..⁄..⁄etc", "=1+1", "\u202ereversed", "$district")
    sheets = [[("nik", "alamat"), (nik, x)] for nik, _, x in place.people(5)]
    place.write("xlsx", workbook(*sheets, titles=[title.replace(MARK[:7], "R") for title in titles]))
    return refused("required column missing")


@kind
def sheet_titled_with_a_nik(place: Place) -> Expected:
    [(nik, _, x)] = place.people(1)
    place.write("xlsx", workbook([("nik", "alamat"), (nik, x)], titles=[nik]))
    return refused("required column missing")


@kind
def cached_errors(place: Place) -> Expected:
    errors = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
    rows = "".join(
        f'<row r="{i}">{cell(f"A{i}", nik)}{cell(f"B{i}", name)}<c r="C{i}" t="e"><f>X1</f><v>{error}</v></c></row>'
        for i, ((nik, name, _), error) in enumerate(zip(place.people(len(errors)), errors, strict=True), 2)
    )
    place.write("xlsx", raw_workbook(sheet_of([HEADER], extra=rows)))
    return read(len(errors))


@kind
def dates_as_serials(place: Place) -> Expected:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": place.dice.random() < 1 / 2}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, (*HEADER, "tgl_lahir"))
        for i, row in enumerate(place.people(), 1):
            sheet.write_row(i, 0, row)
            sheet.write(
                i, 3, place.dice.choice([33_102, -5, 2_958_470, 0.5, datetime(1990, 8, 17, tzinfo=UTC).date()]), style
            )
    place.write("xlsx", buffer.getvalue())
    return read(5)


@kind
def links_to_other_workbooks(place: Place) -> Expected:
    link = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    target = (
        b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    parts = {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": target}
    place.write("xlsx", changed(workbook(place.csv_rows()), parts))
    return read(5)


@kind
def entity_that_names_a_file(place: Place) -> Expected:
    sheet = sheet_of([HEADER, ["", "&file;", "x"], *place.people()])
    place.write("xlsx", raw_workbook(f'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>{sheet}'))
    return read_or_refused()


@kind
def billion_laughs(place: Place) -> Expected:
    sheet = sheet_of([HEADER, ["", "&l9;", "x"], *place.people()])
    place.write("xlsx", raw_workbook(f'<!DOCTYPE x [<!ENTITY l0 "{MARK}">{LAUGHS}]>{sheet}'))
    return read_or_refused()


@kind
def absurd_dimensions_declared(place: Place) -> Expected:
    before = '<dimension ref="A1:XFD1048576"/>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), before)))
    return read(5)


@kind
def a_cell_far_below(place: Place) -> Expected:
    extra = f'<row r="1048576">{cell("B1048576", MARK)}</row>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=extra)))
    return read(6)


@kind
def cells_outside_any_sheet(place: Place) -> Expected:
    wrong = place.dice.choice(["A0", "ZZZZ9", "A99999999999", "1A", "", "A-1", "B1048577", "XFE9"])
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=f'<row r="9">{cell(wrong, MARK)}</row>')))
    return read_or_refused()


@kind
def rows_in_disorder(place: Place) -> Expected:
    rows = place.csv_rows()
    lines = [
        f'<row r="{i}">{cell(f"B{i}", r[1])}{cell(f"A{i}", r[0])}{cell(f"C{i}", r[2])}</row>'
        for i, r in enumerate(rows, 1)
    ]
    place.write(
        "xlsx", raw_workbook(f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines[::-1])}</sheetData></worksheet>')
    )
    return read_or_refused()


@kind
def texts_that_are_not_there(place: Place) -> Expected:
    extra = '<row r="9"><c r="A9" t="s"><v>99999999</v></c><c r="B9" t="s"><v>-1</v></c></row>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=extra)))
    return read_or_refused()


@kind
def styles_that_are_not_there(place: Place) -> Expected:
    extra = '<row r="9"><c r="A9" s="99999"><v>1</v></c><c r="B9" s="-1" t="zz"><v>x</v></c></row>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=extra)))
    return read_or_refused()


@kind
def xml_never_closed(place: Place) -> Expected:
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows()).removesuffix("</sheetData></worksheet>")))
    return read_or_refused()


@kind
def xml_nested_deeply(place: Place) -> Expected:
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), before="<x>" * 50_000)))
    return read_or_refused()


@kind
def a_part_is_missing(place: Place) -> Expected:
    parts = [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        SHEET_1,
        "xl/sharedStrings.xml",
    ]
    place.write("xlsx", changed(workbook(place.csv_rows()), {place.dice.choice(parts): b""}))
    return read_or_refused()


@kind
def a_part_is_noise(place: Place) -> Expected:
    parts = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET_1, "xl/sharedStrings.xml", "xl/styles.xml"]
    place.write("xlsx", changed(workbook(place.csv_rows()), {place.dice.choice(parts): place.dice.randbytes(999)}))
    return read_or_refused()


@kind
def parts_with_names_that_climb(place: Place) -> Expected:
    parts = {"../../evil.xml": b"<x/>", "/etc/passwd": b"x", "xl/../../x": b"x"}
    place.write("xlsx", changed(workbook(place.csv_rows()), parts))
    return read(5)


@kind
def archive_with_a_password(place: Place) -> Expected:
    content = bytearray(workbook(place.csv_rows()))
    for mark, where in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + where] |= 1
            start = content.find(mark, start + 4)
    place.write("xlsx", bytes(content))
    return refused("")


@kind
def archive_packed_in_an_odd_way(place: Place) -> Expected:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(place.csv_rows()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), place.dice.choice([zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))
    place.write("xlsx", buffer.getvalue())
    return read_or_refused()


@kind
def open_document_as_xlsx(place: Place) -> Expected:
    kind_of_file = b"application/vnd.oasis.opendocument.spreadsheet"
    place.write("xlsx", zipped({"mimetype": kind_of_file, "content.xml": f"<x>{place.people()}</x>"}))
    return refused("damaged")


@kind
def other_office_document(place: Place) -> Expected:
    place.write("xlsx", zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"}))
    return refused("damaged")


@kind
def a_sheet_without_cells(place: Place) -> Expected:
    place.write("xlsx", workbook([], []))
    return refused("no header row")


@kind
def a_chart_and_a_list(place: Place) -> Expected:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("data")
        for i, row in enumerate(place.csv_rows()):
            sheet.write_row(i, 0, row)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=data!$A$1:$A$3"})
        book.add_chartsheet().set_chart(chart)
    place.write("xlsx", buffer.getvalue())
    return read(5)


@kind
def other_types_than_text(place: Place) -> Expected:
    rows = [(True, name, 1.5) for _, name, _ in place.people()]
    place.write("xlsx", workbook([HEADER, *rows]))
    return read(5)


@kind
def header_far_to_the_right(place: Place) -> Expected:
    place.write("xlsx", workbook([[""] * 300 + list(row) for row in place.csv_rows()]))
    return read(5)


@kind
def worklist_that_is_none(place: Place) -> Expected:
    place.source = "eligibility_decisions"
    place.write_as("worklist.x.xlsx", workbook(place.csv_rows()))
    return refused("no worklist")
