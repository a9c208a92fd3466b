"""`welfare inspect`: how files would be read before they are landed, in words and without anybody's identity."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.unit.ingest.landing import BUDI, DISTRICT, PERIOD, RINI, SITI, TONO, VILLAGES, land, zipped
from tests.unit.ingest.test_workbooks import workbook
from welfare_pipeline.cli.entry import main

Inspect = Callable[..., tuple[int, str]]
PEOPLE = f"""NIK;NAMA;TGL LAHIR;STATUS KEPENDUDUKAN;SITI AMINAH;{TONO};NM_PENDUDUK_LENGKAP;KODE DESA
{SITI};SITI AMINAH;17/08/1990;HIDUP;a;b;c;1401012001
;;1/1/1990;HIDUP;a;b;c;1401012001
{BUDI};BUDI SANTOSO;xx;HIDUP;a;b;c;1401022001
{RINI};RINI;5/12/1985;HIDUP;a;b;c;1402012001
x;y
"""
SECRETS = ("SITI", "AMINAH", "BUDI", "SANTOSO", SITI, BUDI, TONO, RINI)


@pytest.fixture
def inspect(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inspect:
    """Types `welfare inspect` and gives its exit code and everything that it prints."""

    def type_command(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["welfare", "inspect", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    return type_command


def test_a_file_is_told_as_it_would_be_read_and_nobody_is_named(tmp_path: Path, inspect: Inspect) -> None:
    file = tmp_path / f"registry.{SITI}.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    code, told = inspect(file, "--district", DISTRICT)
    assert code == 0
    for words in (
        "list: registry", "header in row 1", "rows: 5; 2 would be used, 3 rejected", "column 1 (NIK) is nik: valid (2)",
        "column 3 (TGL LAHIR) is birth_date: for example 1990-08-17; 1 rows empty",
        "column 4 (STATUS KEPENDUDUKAN), nearest known: status", "not understood: column 5\n",
        "nama_lengkap (name), which column 2 is already", "1 NO_IDENTITY in name: row 2", "1 MALFORMED: row 5",
        "1 FOREIGN_DISTRICT in village_code: row 4", "UNREADABLE_VALUE in birth_date: row 3",
    ):  # fmt: skip
        assert words in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert list(tmp_path.iterdir()) == [file]


def test_a_sheet_that_would_not_be_read_is_told_with_what_it_lacks(tmp_path: Path, inspect: Inspect) -> None:
    file = tmp_path / "pkh.xlsx"
    file.write_bytes(workbook({"Kec. Kampar": [["NIK", "Nama"], [SITI, "SITI"]], "AMINAH": [[BUDI, "BUDI"]]}))
    code, told = inspect(file, "--district", DISTRICT)
    assert code == 0
    assert "odd: SHEET_NOT_READ: sheet 2: A sheet that" in told
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "xlsx", "parquet"])
def test_every_format_is_read_as_a_run_reads_it(tmp_path: Path, inspect: Inspect, ending: str) -> None:
    rows = [["NIK", "NAMA", "TGL MENINGGAL"], [SITI, "SITI", "1/2/2020"], [BUDI, "BUDI", ""]]
    text = "".join(",".join(row) + "\n" for row in rows)
    content = {"csv": text.encode(), "csv.gz": zipped(text), "xlsx": workbook({"Data": rows}), "parquet": b""}[ending]
    file = tmp_path / f"pkh.kec01.{ending}"
    file.write_bytes(content)
    if ending == "parquet":
        pl.DataFrame(rows[1:], schema=rows[0], orient="row").write_parquet(file)
    code, told = inspect(file)
    assert (code, "rows: 2; 2 would be used, 0 rejected" in told) == (0, True)
    assert "column 3 (TGL MENINGGAL), nearest known: tanggal_kejadian (status_date)" in told


def test_a_file_that_could_not_be_used_is_one_and_says_what_to_rename(tmp_path: Path, inspect: Inspect) -> None:
    file = tmp_path / "bst.csv"
    file.write_text(f"NIK,NM_PENDUDUK_LENGKAP\n{SITI},SITI\n", encoding="utf-8")
    code, told = inspect(file)
    assert code == 1
    assert "required column missing: name" in told
    assert "column 2 (NM_PENDUDUK_LENGKAP) is most like it (nearest known: nama_lengkap (name))" in told


def test_wrong_usage_is_two(tmp_path: Path, inspect: Inspect) -> None:
    file = tmp_path / "pkh.csv"
    file.write_text(f"nik,nama\n{SITI},SITI\n", encoding="utf-8")
    for arguments, words in (
        ([tmp_path / f"KTP {SITI}.csv"], "there is no file or folder KTP (masked).csv"),
        ([file, "--as", "pension"], "'pension' is no list"),
        ([file, "--district", "9999"], "'9999' is not a Kemendagri district code"),
    ):
        code, told = inspect(*arguments)
        assert (code, words in told) == (2, True), told


def test_a_stray_file_is_taken_for_the_list_its_headers_say_or_that_it_is_said_to_be(
    tmp_path: Path, inspect: Inspect
) -> None:
    villages, people = tmp_path / f"WULAN {SITI}.csv", tmp_path / "unduhan 3.csv"
    villages.write_text(VILLAGES, encoding="utf-8")
    people.write_text(f"nik,nama\n{SITI},SITI\n", encoding="utf-8")
    code, told = inspect(villages)
    assert (code, "list: population" in told, "name it population.csv" in told) == (0, True, True)
    assert "WULAN" not in told
    code, told = inspect(people)
    assert code == 1
    assert "--as" in told
    assert "if it is a programme that is not known yet, declare [programmes.<its name>] in policy.toml" in told
    code, told = inspect(people, "--as", "bst")
    assert (code, "list: bst" in told, "as you say" in told) == (0, True, True)


def test_a_landing_folder_is_told_like_a_run_sees_it(tmp_path: Path, inspect: Inspect) -> None:
    sembako = "nik,nama,kecamatan,desa\n" + f"{SITI},SITI,Kampar,Batu Belah\n"
    land(tmp_path, population_csv=VILLAGES, pkh__1_csv=sembako, pkh__2_csv=sembako)
    folder = tmp_path / "landing" / PERIOD / DISTRICT
    (folder / "Data Sembako Nov 2021.csv").write_text(sembako, encoding="utf-8")
    (folder / f"KTP SITI {SITI}.pdf").write_bytes(b"%PDF")
    shutil.rmtree(tmp_path / "lake", ignore_errors=True)
    before = sorted(tmp_path.rglob("*"))
    for place in (folder, folder.parent, tmp_path / "landing"):
        code, told = inspect(place)
        assert code == 1
        assert "pkh.2.csv: it has the same content as pkh.1.csv" in told
        assert "Data Sembako Nov 2021.csv: a run would not read it; name it sembako.csv" in told
        assert "1 villages of 1401" in told  # found by its names, in this folder's population
        assert "Of no list, and not read: 1 .pdf" in told
        assert "Still to be landed before the district can be reconciled: registry" in told
        assert SITI not in told
    code, told = inspect(folder / "pkh.2.csv")
    assert (code, "same content as pkh.1.csv" in told) == (1, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_answers_of_a_field_check_are_held_against_the_samples_of_their_data_root_only(
    tmp_path: Path, inspect: Inspect
) -> None:
    answers = "ID Sampel;Hasil\n1401-2021-11-A1B2C3-0001;LAYAK\n"
    anywhere = tmp_path / "audit_answers.csv"
    anywhere.write_text(answers)
    code, told = inspect(anywhere)
    assert (code, "1 would be used" in told) == (0, True), told
    (tmp_path / "lake").mkdir()
    landed = tmp_path / "landing" / "2021-12" / "1401" / "audit_answers.csv"
    landed.parent.mkdir(parents=True)
    landed.write_text(answers)
    code, told = inspect(landed)
    assert (code, "UNKNOWN_SAMPLE in sample_id" in told) == (1, True), told


def test_a_file_that_has_not_landed_is_read_by_the_policy_of_the_data_root(
    tmp_path: Path, inspect: Inspect, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, data = tmp_path / "bansos_daerah.csv", tmp_path / "office"
    file.write_text(f"nik;nama\n{SITI};SITI AMINAH\n", encoding="utf-8")
    data.mkdir()
    entry = 'label = "Bansos Daerah"\nunit = "family"\nregistry = "off_target"\nlegal_basis = "Perda 1/2020"\n'
    (data / "policy.toml").write_text(f"[programmes.bansos_daerah]\n{entry}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WELFARE_DATA", raising=False)
    assert inspect(file, "--as", "bansos_daerah")[0] == 2, "no such programme is shipped"
    for arguments in (("--data", data), ("--as", "bansos_daerah", "--data", data)):
        code, told = inspect(file, *arguments)
        assert code == 0
        assert "list: bansos_daerah, one row per recipient" in told
    monkeypatch.setenv("WELFARE_DATA", str(data))
    assert "list: bansos_daerah" in inspect(file)[1]
    assert [path.name for path in data.iterdir()] == ["policy.toml"]
