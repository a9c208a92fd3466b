"""Lists as offices really spell them, from the landed files to the published tables. All people are made up."""

from pathlib import Path

import duckdb
import pytest

from welfare_pipeline.defs.recording import Recorder
from welfare_pipeline.lake import DataRoot

DISTRICT, VILLAGE, PERIOD = "1401", "1401012001", "2025-06"
PERSON = "nik;nama;nokk;tgl_lahir;kode_desa"
SPELLINGS = {  # name: decile as landed, reasons in Sembako (limit 5)
    "AGUS SALIM": ("4", []),
    "BUDI SANTOSO": ("D3", []),
    "CITRA DEWI": ("Desil 6-10", ["DECILE_ABOVE_LIMIT"]),
    "DARMAWAN LUBIS": ("5 s/d 10", []),
    "ENDANG SURYANI": ("Desil 6 s/d Desil 10", ["DECILE_ABOVE_LIMIT"]),
    "FATIMAH ZAHRA": ("Belum diperingkat(kan)", ["NOT_RANKED"]),
    "GUNAWAN HARAHAP": ("BELUM ADA DESIL", ["NOT_RANKED"]),
    "HALIMAH TUSADIAH": ("TIDAK DITEMUKAN", ["NOT_RANKED"]),
    "IRWAN SIREGAR": ("", []),
    "JUMIATI RAHAYU": ("kurang jelas", []),
}
STATUSES = {  # name: status in the registry, status and its date in the list, reasons in Sembako
    "KARTINI WULAN": ("TIDAK AKTIF", "", ["NOT_IN_REGISTRY"]),
    "LUKMAN HAKIM": ("Non-Aktif", "", ["NOT_IN_REGISTRY"]),
    "MULYADI SAPUTRA": ("Non Aktif (Meninggal)", "", ["DECEASED"]),
    "NURHAYATI ULFA": ("MASIH AKTIF", "", []),
    "OKTAVIANUS PUTRA": ("AKTIF", "Meninggal Dunia;", ["DECEASED"]),
    "PARLINDUNGAN RAJA": ("AKTIF", "PD;", ["MOVED_AWAY"]),
    "QORI SANDIORIVA": ("AKTIF", "MD;01/07/2025", []),
    "RUSLAN EFENDI": ("BELUM AKTIF", "", []),
}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of a month with every spelling."""
    root = DataRoot(tmp_path_factory.mktemp("spellings"))
    folder = root.landing(PERIOD, DISTRICT)
    folder.mkdir(parents=True)
    for name, text in _lists().items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WELFARE_DATA", str(root.path))
        recorder = Recorder(root)
        assert recorder.reconcile(PERIOD, DISTRICT).reason == ""
        assert recorder.publish(PERIOD).reason == ""
    return root.path / "published"


def _lists() -> dict[str, str]:
    told = {name: (decile, "AKTIF", "") for name, (decile, _) in SPELLINGS.items()}
    told |= {name: ("1", status, listed) for name, (status, listed, _) in STATUSES.items()}
    registry, sembako = [f"{PERSON};desil;status"], [f"{PERSON};tahap;status;tgl_kejadian"]
    for name, (decile, status, listed) in told.items():
        registry.append(f"{_person(name)};{decile};{status}")
        sembako.append(f"{_person(name)};TW II 2025;{listed or ';'}")
    sembako.append(f"{_person('AGUS SALIM')};Tahap 2;;")
    payments = [
        f"{PERSON};jenis_bansos;tahap;status",
        f"{_person('AGUS SALIM')};BPNT;T2;KPM Meninggal Dunia",
        f"{_person('BUDI SANTOSO')};BPNT;II/2025;Pindah / Tdk Ditemukan",
        f"{_person('NURHAYATI ULFA')};BPNT;triwulan 2;SUKSES SALUR",
    ]
    return {
        "population.csv": f"kode;nama;kecamatan;jumlah\n{VILLAGE};BATU BELAH;KAMPAR;2.101\n",
        "registry.csv": "\n".join(registry),
        "sembako.csv": "\n".join(sembako),
        "disbursements.csv": "\n".join(payments),
    }


def _person(name: str) -> str:
    number = [*SPELLINGS, *STATUSES].index(name) + 1
    nik, card = f"140101{number:02d}0170{number:04d}", f"140101{number:02d}0115{number:04d}"
    return f"{nik};{name};{card};{number:02d}/01/1970;{VILLAGE}"


def _rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(database, read_only=True) as con:
        return con.sql(query).fetchall()


def test_deciles_and_statuses_are_read_in_every_spelling(month: Path) -> None:
    query = "select name, reasons from recipient_outcomes where source_row <= 18"
    found = dict(_rows(month / "districts" / f"{DISTRICT}.duckdb", query))
    expected = {name: reasons for name, (_, reasons) in SPELLINGS.items()}
    expected |= {name: reasons for name, (_, _, reasons) in STATUSES.items()}
    told = {"AGUS SALIM": ["NOT_TRANSACTED"], "BUDI SANTOSO": ["NOT_TRANSACTED"]}  # by the bank, which proves nothing
    assert found == expected | told


def test_what_is_unclear_is_read_as_nothing_and_told(month: Path) -> None:
    query = "select column_name, source_row from delivery_findings where source = 'registry' order by all"
    assert _rows(month / "welfare.duckdb", query) == [("decile", 10), ("status", 18)]
    columns = "decile, decile_lowest, decile_highest, unranked"
    query = f"select distinct {columns} from registry where decile is null order by all"
    ranges = [(None, 5, 10, False), (None, 6, 10, False), (None, None, None, True), (None, None, None, None)]
    assert sorted(_rows(month / "districts" / f"{DISTRICT}.duckdb", query), key=str) == sorted(ranges, key=str)


def test_the_spellings_of_one_stage_are_one_stage(month: Path) -> None:
    query = "select reasons from recipient_outcomes where source_row = 19"
    assert _rows(month / "welfare.duckdb", query) == [(["DUPLICATE_PERSON"],)]
    query = "select source_row, stage, finding from disbursement_reconciliation where status is not null order by 1"
    found = _rows(month / "welfare.duckdb", query)
    assert found == [(1, "2", "failed"), (2, "2", "failed"), (3, "2", "paid_not_transacted")]


def test_the_summaries_follow(month: Path) -> None:
    query = "select not_ranked, decile_above_limit, not_transacted, deceased, moved_away from programme_summary"
    assert _rows(month / "welfare.duckdb", query) == [(3, 2, 2, 2, 1)]
    not_active = 3  # two TIDAK AKTIF, one who died
    assert _rows(month / "welfare.duckdb", "select registry_persons from district_summary") == [(18 - not_active,)]


def test_what_a_reason_rests_on_is_said(month: Path) -> None:
    evidence = {row[0] for row in _rows(month / "welfare.duckdb", "select evidence from off_target_recipients")}
    assert evidence >= {
        "DECILE_ABOVE_LIMIT: decile 6 to 10, limit 5: registry.csv row 3 (ranks of 2025-Q2)",
        "MOVED_AWAY: programme list: sembako.csv row 16, undated",
        "NOT_RANKED: not ranked, limit 5: registry.csv row 6 (ranks of 2025-Q2)",
        "NOT_TRANSACTED: KPM MENINGGAL, undated: disbursements.csv row 1",
        "NOT_TRANSACTED: PINDAH/TIDAK DITEMUKAN, undated: disbursements.csv row 2",
    }
