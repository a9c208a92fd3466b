"""Bytes that are no sound text: cut, overwritten, in another encoding, or another format under the name of a list."""

import gzip
import io
import json
import zipfile

import polars as pl

from tests.hostile.kinds import Expected, Place, kind, read, read_or_refused, refused
from tests.hostile.workbooks import workbook

BOM = b"\xef\xbb\xbf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LETTERS = "JOSÉ NUÑEZ"


def parquet(place: Place, count: int = 300) -> bytes:
    """A sound Parquet file."""
    buffer = io.BytesIO()
    pl.DataFrame(place.people(count), schema=["nik", "nama", "alamat"], orient="row").write_parquet(buffer)
    return buffer.getvalue()


def cut(place: Place, content: bytes) -> bytes:
    """The content up to anywhere."""
    return content[: place.dice.randint(5, len(content) - 5)]


def with_hole(place: Place, content: bytes) -> bytes:
    """The content with some bytes overwritten by zeros."""
    start = place.dice.randint(20, len(content) - 80)
    return content[:start] + bytes(60) + content[start + 60 :]


@kind
def empty_file(place: Place) -> Expected:
    place.write("csv", b"")
    return refused("empty")


@kind
def blanks_only(place: Place) -> Expected:
    place.write("csv", b" \r\n\t\n" * place.dice.randint(1, 50))
    return refused("empty")


@kind
def bom_only(place: Place) -> Expected:
    place.write("csv", place.dice.choice([BOM, b"\xff\xfe", b"\xfe\xff", BOM + b"\n"]))
    return refused("empty")


@kind
def header_only(place: Place) -> Expected:
    place.write("csv", place.csv([]))
    return read(0)  # an empty list


@kind
def header_only_gz(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress(place.csv([]).encode()))
    return read(0)  # an empty list


@kind
def empty_gz(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress(b""))
    return refused("empty")


@kind
def zeros_at_the_end(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode() + bytes(place.dice.randint(1, 4096)))
    return refused("NUL")


@kind
def zeros_in_a_cell(place: Place) -> Expected:
    rows = place.people()
    rows[2][1] += "\0"
    place.write("csv", place.csv(rows))
    return refused("NUL")


@kind
def zeros_only(place: Place) -> Expected:
    place.write("csv", bytes(8192))
    return refused("NUL")


@kind
def noise(place: Place) -> Expected:
    place.write(place.dice.choice(["csv", "xlsx", "parquet", "csv.gz"]), place.dice.randbytes(20_000))
    return refused("")


@kind
def cut_csv(place: Place) -> Expected:
    rows = place.people(50)
    content = place.csv(rows)
    kept = content[: place.dice.randint(len(content) // 2, len(content) - 2)]
    place.write("csv", kept)
    return read(kept.count("\n") - (1 if kept.endswith("\n") else 0))


@kind
def cut_gz(place: Place) -> Expected:
    place.write("csv.gz", cut(place, gzip.compress(place.csv(place.people(200)).encode())))
    return refused("breaks off")


@kind
def cut_workbook(place: Place) -> Expected:
    place.write("xlsx", cut(place, workbook(place.csv_rows(300))))
    return refused("damaged")


@kind
def cut_parquet(place: Place) -> Expected:
    place.write("parquet", cut(place, parquet(place)))
    return refused("damaged")


@kind
def hole_in_a_gz(place: Place) -> Expected:
    place.write("csv.gz", with_hole(place, gzip.compress(place.csv(place.people(200)).encode())))
    return refused("damaged")


@kind
def hole_in_a_workbook(place: Place) -> Expected:
    place.write("xlsx", with_hole(place, workbook(place.csv_rows(300))))
    return read_or_refused()


@kind
def hole_in_a_parquet_file(place: Place) -> Expected:
    place.write("parquet", with_hole(place, parquet(place)))
    return read_or_refused()


@kind
def flipped_bits(place: Place) -> Expected:
    ending, content = place.dice.choice([("xlsx", workbook(place.csv_rows(50))), ("parquet", parquet(place, 50))])
    spoilt = bytearray(content)
    for _ in range(place.dice.randint(1, 30)):
        spoilt[place.dice.randrange(len(spoilt))] ^= 1 << place.dice.randrange(8)
    place.write(ending, bytes(spoilt))
    return read_or_refused()


@kind
def windows_1252(place: Place) -> Expected:
    place.write("csv", place.csv([*place.people(), ["", LETTERS, ""]]).encode("cp1252"))
    return read(6)


@kind
def undefined_in_windows_1252(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode() + b",SIT\x81 \x8d\x90,\n")
    return read(6)


@kind
def utf16_with_mark(place: Place) -> Expected:
    mark, encoding = place.dice.choice([(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
    place.write("csv", mark + place.csv(place.people(), delimiter="\t").encode(encoding))
    return read(5)


@kind
def utf16_without_mark(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode(place.dice.choice(["utf-16-le", "utf-16-be"])))
    return refused("NUL")


@kind
def utf16_cut_in_a_letter(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode("utf-16")[:-1])
    return refused("breaks off")


@kind
def utf16_half_a_pair(place: Place) -> Expected:
    place.write("csv", b"\xff\xfe" + place.csv(place.people()).encode("utf-16-le") + b"\x00\xd8\x0a\x00")
    return refused("")


@kind
def utf32(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode("utf-32"))
    return read(5)


@kind
def mixed_encodings(place: Place) -> Expected:
    lines = [f",{LETTERS},\n".encode(place.dice.choice(["utf-8", "cp1252"])) for _ in range(8)]
    place.write("csv", place.csv(place.people()).encode() + b"".join(lines))
    return read(13)


@kind
def two_marks(place: Place) -> Expected:
    place.write("csv", BOM + BOM + place.csv(place.people()).encode())
    return read(5)


@kind
def marked_files_put_together(place: Place) -> Expected:
    place.write("csv", b"".join(BOM + place.csv(place.people()).encode() for _ in range(3)))
    return read(15)


@kind
def broken_utf8(place: Place) -> Expected:
    bad = place.dice.choice([b"\xed\xa0\x80", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80", b"\xff", b"\xe2\x82"])
    place.write("csv", place.csv(place.people()).encode() + b",SITI" + bad + b",\n")
    return read(6)


@kind
def mainframe_text(place: Place) -> Expected:
    place.write("csv", place.csv(place.people()).encode("cp500"))
    return refused("no header row")


@kind
def web_page_as_a_list(place: Place) -> Expected:
    cells = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in place.people())
    page = f"<html><body><table><tr><td>nik</td><td>nama</td></tr>{cells}</table></body></html>"
    place.write(place.dice.choice(["csv", "xlsx", "parquet"]), page)
    return refused("HTML")


@kind
def web_page_as_xls(place: Place) -> Expected:
    place.write("xls", f"<table><tr><td>{place.people()[0][1]}</td></tr></table>")
    return refused(".xls is not read")


@kind
def spreadsheet_xml(place: Place) -> Expected:
    page = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>{place.people()}</Workbook>'
    place.write("xlsx", page)
    return refused("XML")


@kind
def old_workbook(place: Place) -> Expected:
    place.write(place.dice.choice(["xlsx", "csv"]), OLE + bytes(504) + "Workbook".encode("utf-16-le") + bytes(3000))
    return refused("password")


@kind
def encrypted_workbook(place: Place) -> Expected:
    entries = "EncryptionInfoEncryptedPackage".encode("utf-16-le")
    place.write("xlsx", OLE + bytes(504) + entries + place.dice.randbytes(6000))
    return refused("password")


@kind
def old_workbook_by_its_name(place: Place) -> Expected:
    place.write(place.dice.choice(["xls", "xlsb", "xlsm", "ods"]), OLE + bytes(600))
    return refused("is not read")


@kind
def pdf_as_csv(place: Place) -> Expected:
    place.write("csv", b"%PDF-1.7\n" + place.dice.randbytes(500))
    return refused("PDF")


@kind
def workbook_as_csv(place: Place) -> Expected:
    place.write(place.dice.choice(["csv", "parquet"]), workbook(place.csv_rows(5)))
    return refused("ZIP")


@kind
def csv_as_workbook(place: Place) -> Expected:
    place.write("xlsx", place.csv(place.people()))
    return refused("damaged")


@kind
def csv_in_a_zip(place: Place) -> Expected:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("pkh.csv", place.csv(place.people()))
    place.write("xlsx", buffer.getvalue())
    return refused("damaged")


@kind
def gz_in_a_gz(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress(gzip.compress(place.csv(place.people()).encode())))
    return refused("gzip")


@kind
def gz_without_its_ending(place: Place) -> Expected:
    place.write("csv", gzip.compress(place.csv(place.people()).encode()))
    return refused("gzip")


@kind
def gz_in_many_members(place: Place) -> Expected:
    lines = place.csv(place.people(200)).splitlines(keepends=True)
    place.write("csv.gz", b"".join(gzip.compress(line.encode()) for line in lines))
    return read(200)


@kind
def gz_with_a_tail(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress(place.csv(place.people()).encode()) + place.dice.choice([bytes(512), b"tail"]))
    return read_or_refused()


@kind
def json_as_csv(place: Place) -> Expected:
    rows = [dict(zip(("nik", "nama"), row, strict=False)) for row in place.people()]
    place.write("csv", json.dumps(rows, indent=place.dice.choice([None, 2])))
    return refused("no header row")
