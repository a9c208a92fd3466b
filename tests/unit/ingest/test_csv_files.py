"""CSV as districts really send it: encodings, delimiters, title rows, broken lines and broken quoting."""

from pathlib import Path

import pytest

from tests.unit.ingest.landing import BUDI, RINI, SITI, TONO, YUSUF, land, zipped

PKH = f"NIK,Nama,Alamat\n{SITI},SITI AMINAH,JL. MERDEKA\n{BUDI},BUDI,JL. MELATI\n"
BOTH = ["SITI AMINAH", "BUDI"]


@pytest.mark.parametrize(
    "content",
    [
        PKH.encode(),
        b"\xef\xbb\xbf" + PKH.encode(),
        PKH.encode("utf-16"),
        b"\xfe\xff" + PKH.encode("utf-16-be"),
        PKH.replace(",", ";").encode(),
        PKH.replace(",", "\t").encode(),
        PKH.replace(",", "|").encode(),
        PKH.replace("\n", "\r\n").encode(),
        PKH.replace("\n", "\r").encode(),
        PKH.rstrip("\n").encode(),
        ("sep=;\n" + PKH.replace(",", ";")).encode(),
        ("DAFTAR PENERIMA PKH\nKabupaten Kampar, 2021\n\n" + PKH).encode(),
        PKH.replace("\n", ",,\n").encode(),
        PKH.replace("Alamat\n", "Alamat,,\n").encode(),
        PKH.replace("MERDEKA\n", "MERDEKA,,\n").encode(),
        ("\n,,\n" + PKH + "\n , ,\n;\n".replace(";", '"","",""')).encode(),
        PKH.replace("Alamat\n", "Alamat\n1,2,3\n").encode(),
        PKH.replace("Alamat\n", "Alamat\n(1),(2),(3)\n").encode(),
        (PKH + "###,,\nCatatan: bukan data,,\n9,X,Y\n").encode(),
        (PKH + "###\nCatatan\n").encode(),
        "".join('"' + line.replace(",", '","') + '"\n' for line in PKH.splitlines()).encode(),
        (PKH + "NIK,Nama,Alamat\n").encode(),
        PKH.encode() + b"\x1a",
        PKH.replace("Nama", '"Nama\nlengkap"').encode(),
    ],
    ids=["plain", "bom", "utf-16", "utf-16-be", "semicolon", "tab", "bar", "crlf", "cr", "no last line end", "sep line",
         "titles", "delimiters at every end", "delimiters after the header", "delimiters after a row", "blank lines",
         "number row", "number row in brackets", "end mark", "short end mark", "all quoted", "header again", "dos end",
         "header over two lines"],
)  # fmt: skip
def test_siti_and_budi_are_read_whatever_the_export(tmp_path: Path, content: bytes) -> None:
    landed = land(tmp_path, pkh_csv=content)
    assert landed.delivery.files[0].error is None
    assert landed.column("pkh", "name") == BOTH
    assert landed.column("pkh", "nik") == [SITI, BUDI]
    assert landed.column("pkh", "source_row") == [1, 2]
    assert landed.file("pkh.csv").rows_landed == 2


def test_windows_1252_keeps_its_letters(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=f"nik,nama\n{SITI},SITI AISYAH RENÉE\n".encode("cp1252"))
    assert landed.column("pkh", "name") == ["SITI AISYAH RENÉE"]


def test_a_quoted_field_holds_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    text = f'nik,nama,alamat\n{SITI},"SITI, ""AMI""","JL. X\nRT 01, RW 02"\n{BUDI},BUDI,B\n'
    landed = land(tmp_path, pkh_csv=text)
    assert landed.column("pkh", "name") == ['SITI, "AMI"', "BUDI"]
    assert landed.column("pkh", "address") == ["JL. X RT 01, RW 02", "B"]
    assert landed.column("pkh", "source_row") == [1, 2]


def test_a_line_with_a_wrong_number_of_fields_is_on_record_and_counted(tmp_path: Path) -> None:
    text = f"nik,nama,alamat\n{SITI},SITI,A\n{TONO},TONO\n{RINI},RINI,C,D\n{BUDI},BUDI,B\n"
    landed = land(tmp_path, pkh_csv=text)
    assert landed.column("pkh", "source_row") == [1, 4]
    assert landed.rejections() == [("pkh.csv", 2, "MALFORMED", None), ("pkh.csv", 3, "MALFORMED", None)]
    report = landed.file("pkh.csv")
    assert (report.rows_landed, report.rows_accepted, report.rows_rejected) == (4, 2, 2)


@pytest.mark.parametrize("quoted", [False, True])
def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path, *, quoted: bool) -> None:
    rows = [[SITI, "SITI", "A"], [TONO, "TONO", "B"], [RINI, "RINI", "C"], [YUSUF, "YUSUF", "D"], [BUDI, "BUDI", "E"]]
    lines = ['"' + '","'.join(row) + '"' if quoted else ",".join(row) for row in rows]
    lines[1] = lines[1].replace('TONO"', "TONO") if quoted else lines[1].replace("TONO", '"TONO')
    landed = land(tmp_path, pkh_csv="nik,nama,alamat\n" + "\n".join(lines) + "\n")
    assert landed.column("pkh", "name") == ["SITI", "RINI", "YUSUF", "BUDI"]
    assert landed.rejections() == [("pkh.csv", 2, "MALFORMED", None)]


def test_a_second_stray_quote_far_below_does_not_join_the_lines_between(tmp_path: Path) -> None:
    text = f'nik,nama,alamat\n{SITI},"SITI,A\n{TONO},TONO,B\n{RINI},RINI,C\n{YUSUF},YUSUF",D\n{BUDI},BUDI,E\n'
    landed = land(tmp_path, pkh_csv=text)
    assert landed.column("pkh", "name") == ["TONO", "RINI", 'YUSUF"', "BUDI"]
    assert landed.file("pkh.csv").rows_landed == 5


def test_quotes_inside_names_and_addresses_are_kept(tmp_path: Path) -> None:
    text = f'nik,nama,alamat\n{SITI},SITI "AMI" AMINAH,"JL. "MELATI" NO 2"\n{BUDI}, "BUDI, H.", B\n'
    landed = land(tmp_path, pkh_csv=text)
    assert landed.column("pkh", "name") == ['SITI "AMI" AMINAH', "BUDI, H."]
    assert landed.column("pkh", "address")[0] == 'JL. "MELATI" NO 2'


def test_a_compressed_list_is_read(tmp_path: Path) -> None:
    assert land(tmp_path, pkh_csv_gz=zipped(PKH)).column("pkh", "name") == BOTH


def test_a_header_below_the_twentieth_row_is_not_looked_for(tmp_path: Path) -> None:
    assert land(tmp_path / "a", pkh_csv="JUDUL\n" * 19 + PKH).column("pkh", "name") == BOTH
    assert "no header row" in land(tmp_path / "b", pkh_csv="JUDUL\n" * 20 + PKH).error("pkh.csv")


def test_wide_exports_and_a_single_column_are_read(tmp_path: Path) -> None:
    wide = "nik,nama" + "".join(f",kolom {i}x" for i in range(300)) + f"\n{SITI},SITI" + "," * 300 + "\n"
    assert land(tmp_path / "a", pkh_csv=wide).column("pkh", "name") == ["SITI"]
    alone = land(tmp_path / "b", village_meetings_csv="kode_desa\n1401012001\n\n1401012002\n")
    assert alone.column("village_meetings", "village_code") == ["1401012001", "1401012002"]
