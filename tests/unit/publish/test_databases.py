"""What each audience finds in the published databases, for two districts and two months."""

import os
import re
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Keep
from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.named_views import NAMED_VIEWS
from welfare_pipeline.contracts.tables import CODE_TABLES, OVER_DISTRICTS, TABLES
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.publish import writing
from welfare_pipeline.publish.databases import publish_analysts, publish_district
from welfare_pipeline.publish.verifying import published_differences

SITI = {"nik": "1401016206850001", "name": "SITI MARPAUNG", "family_card_number": "1401010101070001"}
TONO = {"nik": "1403010206850002", "name": "TONO SIREGAR", "family_card_number": "1403010101070002"}
ADDRESS = "JL SUDIRMAN NO 17"
CARD = "6013-0100-0000-4321"


def _outcome(person: dict[str, str], row: int, key: str) -> dict[str, Any]:
    told = {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "source_row": row, "outcome": "on_target"}
    return told | person | {"person_key": key, "reasons": [], "address": ADDRESS}


def _landed(person: dict[str, str], row: int) -> dict[str, Any]:
    return {"row_id": row, "source_file": "pkh.csv", "source_row": row, "member_id": CARD, "address": ADDRESS} | person


@pytest.fixture
def two_districts(keep: Keep) -> Partition:
    """Siti in Kampar in two months, Tono in Bengkalis in one; the partition is Kampar's first month."""
    keep("2021-12", "1401", recipient_outcomes=[_outcome(SITI, 1, "key of Siti")], pkh=[_landed(SITI, 1)])
    keep("2021-11", "1403", recipient_outcomes=[_outcome(TONO, 1, "key of Tono")], pkh=[_landed(TONO, 1)])
    rows = [_outcome(SITI, 2, "key of Siti"), _outcome(SITI, 1, "key of Siti")]
    return keep("2021-11", "1401", recipient_outcomes=rows, pkh=[_landed(SITI, 1), _landed(SITI, 2)])


def _select(path: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as con:
        return con.sql(query).fetchall()


def _tables(path: Path) -> set[str]:
    return {row[0] for row in _select(path, "select table_name from duckdb_tables()")}


def _contents(path: Path) -> str:
    """Every value of every table, as text."""
    with duckdb.connect(path, read_only=True) as con:
        return "".join(str(con.sql(f'select * from "{name}"').fetchall()) for name in sorted(_tables(path)))


@pytest.mark.usefixtures("two_districts")
def test_analysts_find_every_district_and_month_in_order(root: DataRoot) -> None:
    path = publish_analysts(root)
    assert path == root.published / "welfare.duckdb"
    found = _select(path, "select period, district_code, source_row, person_key from recipient_outcomes")
    assert found == [
        ("2021-11", "1401", 1, "key of Siti"),
        ("2021-11", "1401", 2, "key of Siti"),
        ("2021-11", "1403", 1, "key of Tono"),
        ("2021-12", "1401", 1, "key of Siti"),
    ]


@pytest.mark.usefixtures("two_districts")
def test_much_data_is_written_several_tables_at_a_time_with_the_same_rows(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contents() -> list[str]:
        paths = publish_analysts(root, from_nothing=True), publish_district(root, "1401", from_nothing=True)
        return [_contents(path) for path in paths]

    little = contents()
    monkeypatch.setattr(writing, "is_small", lambda _: False)
    assert contents() == little
    assert "SITI" in little[1]


@pytest.mark.usefixtures("two_districts")
def test_analysts_find_no_identity(root: DataRoot) -> None:
    path = publish_analysts(root)
    identities = [*SITI.values(), *TONO.values(), ADDRESS, CARD]
    everything = path.read_bytes()
    assert [text for text in identities if text.encode() in everything] == []
    assert [text for text in identities if text in _contents(path)] == []


def test_a_number_where_none_belongs_is_a_keyed_hash_for_analysts_and_whole_for_the_district(
    root: DataRoot, keep: Keep
) -> None:
    known_by = [SITI["nik"], "F-02", "1401.0162.0685.0009"]
    figures = [{"facilitator_id": number, "families_assisted": place} for place, number in enumerate(known_by)]
    price = {
        "source_file": "outlet_prices.csv",
        "outlet_id": "W-1",
        "commodity": "BERAS",
        "finding": "reason_to_accept",
    }
    price |= {"price": 2, "reference_price": 1, "above_reference": 1}
    number = SITI["nik"]
    apart = ("/".join, ", ".join, " | ".join, "_".join)
    written = [
        number,
        f"{int(number):,}",
        *(sign([number[:4], number[4:8], number[8:12], number[12:]]) for sign in apart),
    ]
    remarks = ["BA/1401012001/11/2021, 14.01.01.2001", *(f"menurut {nik} panen gagal" for nik in written)]
    prices = [price | {"source_row": row, "reason": remark} for row, remark in enumerate(remarks, 1)]
    for period in ("2021-11", "2021-12"):
        keep(period, "1401", facilitator_performance=figures, outlet_price_findings=prices)
    path = publish_analysts(root)
    facilitators = "select families_assisted, facilitator_id from facilitator_performance order by period, 1"
    shown = [number for _, number in _select(path, facilitators)]
    assert shown[:3] == shown[3:], "the same one has the same hash in every month"
    assert shown[1] == "F-02"
    assert len({number for number in shown if re.fullmatch(r"\(masked-[0-9a-f]{12}\)", number)}) == 2
    [(first,), *others] = _select(
        path, "select reason from outlet_price_findings where period = '2021-11' order by source_row"
    )
    assert first == remarks[0]
    assert [remark for (remark,) in others if not remark.startswith("(masked-")] == []
    assert not any(number.encode() in path.read_bytes() for number in known_by if number != "F-02")
    whole = _select(publish_district(root, "1401"), facilitators)
    assert [number for _, number in whole[:3]] == known_by
    lake = list(root.partitions())
    assert list(published_differences(root, lake, lake, ())) == []


@pytest.mark.usefixtures("two_districts")
def test_a_district_finds_its_own_people_and_nobody_elses(root: DataRoot) -> None:
    path = publish_district(root, "1401")
    contents = _contents(path)
    assert all(text in contents for text in [*SITI.values(), ADDRESS, CARD])
    assert not any(text in contents for text in TONO.values())
    assert not any(text.encode() in path.read_bytes() for text in TONO.values())
    months = _select(path, "select period, count(*) from pkh group by all order by all")
    assert months == [("2021-11", 2), ("2021-12", 1)]


@pytest.mark.usefixtures("two_districts")
def test_only_the_owner_reads_a_district_whatever_the_mask(root: DataRoot) -> None:
    former = os.umask(0)
    try:
        path = publish_district(root, "1401")
    finally:
        os.umask(former)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_of_districts_that_others_could_list_is_closed(root: DataRoot) -> None:
    folder = root.published / "districts"
    folder.mkdir(parents=True, mode=0o755)
    publish_district(root, "1401")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_empty_lake_gives_typed_empty_tables_with_comments(root: DataRoot) -> None:
    path = publish_analysts(root)
    declared = [*(table for table in TABLES if table.audience is Audience.ANALYSTS), *CODE_TABLES, *OVER_DISTRICTS]
    columns = _select(
        path, "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
    )
    assert set(columns) == {
        (table.name, column.name, column.type, column.description)
        for table in (*declared, *(view for _, view in NAMED_VIEWS))
        for column in table.shareable_columns()
    }
    comments = dict(_select(path, "select table_name, comment from duckdb_tables()"))
    assert comments == {table.name: f"One row per {table.row_per}" for table in declared}


def test_each_audience_gets_its_tables(root: DataRoot) -> None:
    analysts, district = _tables(publish_analysts(root)), _tables(publish_district(root, "1401"))
    assert district - analysts >= {"registry", "recipient_rows", "population"}
    assert analysts - district == {"province_summary"}
    assert not district & {"links", "recipient_reasons"}


@pytest.mark.usefixtures("two_districts")
def test_a_month_that_is_held_back_shows_its_record_beside_what_was_published_before(
    root: DataRoot, keep: Keep
) -> None:
    found = {"table": "registry", "check": "list_arrived"}
    keep("2021-11", "1401", check_results=[found | {"passed": True}])
    with root.partition("2021-11", "1401").draft() as draft, draft.connect() as con:
        draft.write_query(con, "check_results", "select * replace (false as passed) from check_results")
        draft.hold_back(["check_results"])
    path = publish_district(root, "1401")
    assert _select(path, "select distinct period from pkh order by all") == [("2021-11",), ("2021-12",)]
    assert (False,) in _select(path, "select passed from check_results")
    assert (True,) not in _select(path, "select passed from check_results")


def test_a_district_without_any_month_left_is_empty(root: DataRoot, keep: Keep) -> None:
    partition = keep("2021-11", "1401", pkh=[_landed(SITI, 1)])
    publish_district(root, "1401")
    partition.point(lambda pointer: pointer.withdrawn("A mistake.", 2))
    assert SITI["name"] not in _contents(publish_district(root, "1401"))


def test_a_column_that_an_older_month_lacks_is_empty_there(root: DataRoot, keep: Keep) -> None:
    keep("2021-12", "1401", landed_files=[{"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}])
    older = keep("2021-11", "1401", landed_files=[{"source_file": "pkh.csv", "rows_landed": 2}])
    with duckdb.connect() as con:
        old = con.read_parquet(str(older.path("landed_files"))).project("* exclude (sha256)").pl()
    old.write_parquet(older.path("landed_files"))
    found = _select(publish_analysts(root), "select period, rows_landed, sha256 from landed_files")
    assert found == [("2021-11", 2, None), ("2021-12", 3, "ab")]


def test_codes_stand_beside_the_newest_names_once_each(keep: Keep, root: DataRoot) -> None:
    def month(period: str, village: str, programme: str) -> None:
        keep(
            period,
            "1401",
            landed_files=[{"source": "pkh", "source_file": "pkh.csv"}],
            village_summary=[{"village_code": "1401012001", "village_name": village}, {"village_code": None}],
            programme_rules=[
                {"place": 1, "programme": "pkh", "label_id": programme, "label_en": "PKH", "unit": "family"}
            ],
        )

    month("2021-12", "BATU BELAH", "Program Keluarga Harapan")
    month("2021-11", "BATUBELAH", "PKH lama")
    path = publish_analysts(root)
    assert _select(path, "from districts") == [("1401", "Kabupaten Kampar", "14", "Riau")]
    assert _select(path, "from villages") == [("1401012001", "1401", "BATU BELAH", None)]
    assert _select(path, "from programmes") == [("pkh", "Program Keluarga Harapan", "PKH", "family")]
    assert _select(path, "select comment from duckdb_columns() where column_name = 'province_name'") == [("Province",)]


def test_names_stand_beside_the_codes_in_a_view_and_no_row_is_lost(keep: Keep, root: DataRoot) -> None:
    keep(
        "2021-11",
        "1401",
        landed_files=[{"source": "pkh", "source_file": "pkh.csv"}],
        village_summary=[{"village_code": "1401012001", "village_name": "BATU BELAH", "subdistrict_name": "KAMPAR"}],
        programme_rules=[{"place": 1, "programme": "pkh", "label_id": "PKH", "label_en": "Family hope"}],
        off_target_recipients=[
            _outcome(SITI, 1, "key of Siti")
            | {"village_code": "1401012001", "primary_reason": "DECEASED", "reasons": ["DECEASED"]},
            _outcome(SITI, 2, "key of Siti"),
        ],
    )
    query = (
        "select source_row, district_name, village_name, subdistrict_name, programme_label_en, "
        "primary_reason_meaning_en from off_target_recipients_named order by all"
    )
    died = "The person has died according to the civil registry, the registry or a village decision."
    rows = [
        (1, "Kabupaten Kampar", "BATU BELAH", "KAMPAR", "Family hope", died),
        (2, "Kabupaten Kampar", None, None, "Family hope", None),
    ]
    analysts, district = publish_analysts(root), publish_district(root, "1401")
    assert _select(analysts, query) == _select(district, query) == rows
    assert _select(district, "select distinct name from off_target_recipients_named") == [(SITI["name"],)]
    with duckdb.connect() as con:
        con.execute(f"attach '{analysts}' as other (read_only)")
        assert con.sql("select count(*) from other.off_target_recipients_named").fetchall() == [(2,)]
