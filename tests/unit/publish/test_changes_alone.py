"""Publication writes what changed: the file is that of before with those rows replaced, and no larger for it."""

import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.conftest import Keep, keeper
from welfare_pipeline.contracts.tables import DISTRICT_STATUS
from welfare_pipeline.contracts.words import REASONS
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.lake.noted_status import write_status
from welfare_pipeline.publish import databases
from welfare_pipeline.publish.databases import publish_analysts, publish_district, publish_standings
from welfare_pipeline.publish.verifying import published_differences

FILE = {"source": "pkh", "source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}
SITI = {"name": "SITI MARPAUNG", "nik": "1401016206850001", "source_file": "pkh.csv"}


def outcomes(*people: str, outcome: str = "on_target") -> list[dict[str, Any]]:
    return [
        {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "source_row": row, "person_key": person}
        | {"outcome": outcome, "reasons": []}
        for row, person in enumerate(people, 1)
    ]


@pytest.fixture
def root(root: DataRoot, published: DataRoot) -> DataRoot:
    """A copy of what is published."""
    shutil.copytree(published.path, root.path)
    return root


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Siti and Tono in Kampar in three months, Upik in Bengkalis in one; published."""
    root = DataRoot(tmp_path_factory.mktemp("published") / "data")
    keep = keeper(root)
    for period in ("2021-09", "2021-10", "2021-11"):
        keep(
            period, "1401", landed_files=[FILE], recipient_outcomes=outcomes("Siti", "Tono"), pkh=[SITI | {"row_id": 1}]
        )
    keep("2021-11", "1403", landed_files=[FILE], recipient_outcomes=outcomes("Upik"))
    publish_analysts(root)
    publish_district(root, "1401")
    return root


def rows(path: Path, query: str = "select period, district_code, person_key from recipient_outcomes") -> Any:
    with duckdb.connect(path, read_only=True) as con:
        return con.sql(f"{query} order by all").fetchall()


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are built from nothing from now on."""
    built: list[str] = []
    write = databases.write_anew
    monkeypatch.setattr(databases, "write_anew", lambda path, *rest: [built.append(path.name), write(path, *rest)][1])
    return built


def test_a_district_whose_month_stands_otherwise_by_what_was_done_elsewhere_is_told(root: DataRoot) -> None:
    """Upik is paid in Bengkalis no more: Kampar's November, decided beside it, is older than what it rests on."""
    bengkalis = publish_district(root, "1403")
    before = bengkalis.stat()
    assert publish_standings(root) == []
    schema = dict.fromkeys(DISTRICT_STATUS.column_types(), pl.String)
    stale = ("2021-11", "1401", "reconciled", "a run", "other_district_changed", None, None)
    write_status(root.district_status("1401"), pl.DataFrame([stale], schema, orient="row"))
    [kampar] = publish_standings(root)
    assert rows(kampar, "select period, stale_because from district_status") == [("2021-11", "other_district_changed")]
    assert publish_standings(root) == []
    assert bengkalis.stat() == before


def test_nothing_new_leaves_the_file_untouched(root: DataRoot, anew: list[str]) -> None:
    before = {
        path: path.stat() for path in (root.published / "welfare.duckdb", root.published / "districts/1401.duckdb")
    }
    publish_analysts(root)
    publish_district(root, "1401")
    assert [path.stat().st_ino for path in before] == [stat.st_ino for stat in before.values()]
    assert anew == []


def test_a_month_that_was_decided_anew_takes_the_place_of_its_rows_alone(
    root: DataRoot, keep: Keep, anew: list[str]
) -> None:
    keep("2021-10", "1401", recipient_outcomes=outcomes("Siti", "Joko", "Rina"))
    keep("2021-12", "1401", recipient_outcomes=outcomes("Siti"))
    path = publish_analysts(root)
    with duckdb.connect(path, read_only=True) as con:  # in the order of months, as if built from nothing
        assert con.table("recipient_outcomes").order("all").fetchall() == con.table("recipient_outcomes").fetchall()
    assert rows(path) == [
        ("2021-09", "1401", "Siti"),
        ("2021-09", "1401", "Tono"),
        ("2021-10", "1401", "Joko"),
        ("2021-10", "1401", "Rina"),
        ("2021-10", "1401", "Siti"),
        ("2021-11", "1401", "Siti"),
        ("2021-11", "1401", "Tono"),
        ("2021-11", "1403", "Upik"),
        ("2021-12", "1401", "Siti"),
    ]
    assert rows(path, "select period, district_code, in_force from landed_files") == [
        ("2021-09", "1401", True),
        ("2021-10", "1401", True),
        ("2021-11", "1401", True),
        ("2021-11", "1403", True),
    ]
    assert anew == []
    publish_district(root, "1401")
    assert rows(root.published / "districts" / "1401.duckdb", "select period, name from pkh") == [
        ("2021-09", "SITI MARPAUNG"),
        ("2021-10", "SITI MARPAUNG"),
        ("2021-11", "SITI MARPAUNG"),
    ]
    assert anew == ["1401.duckdb"]  # two of its four months
    with root.snapshot("test") as lake:
        assert [
            told
            for told in published_differences(root, list(lake), lake.newest_deliveries(), ())
            if "1403.duckdb" not in told
        ] == []


def test_a_month_that_is_withdrawn_leaves_no_trace_in_the_file(root: DataRoot, keep: Keep, anew: list[str]) -> None:
    august = keep("2021-08", "1401", pkh=[SITI | {"row_id": 1, "name": "WATI SARAGIH"}])
    path = publish_district(root, "1401")
    assert rows(path, "select name from pkh where period = '2021-08'") == [("WATI SARAGIH",)]
    anew.clear()
    august.point(lambda pointer: pointer.withdrawn("A mistake.", 2))
    publish_district(root, "1401")
    assert rows(path, "select distinct period from pkh") == [("2021-09",), ("2021-10",), ("2021-11",)]
    assert b"WATI SARAGIH" not in path.read_bytes()
    assert anew == ["1401.duckdb"]


def test_a_delivery_that_is_held_back_is_told_of_beside_the_month_that_stays(root: DataRoot, keep: Keep) -> None:
    query = "select source_file, in_force from landed_files where period = '2021-10'"
    path = root.published / "welfare.duckdb"
    with root.partition("2021-10", "1401").draft() as draft, draft.connect() as con:
        draft.write_query(con, "landed_files", "select * replace ('newer.csv' as source_file) from landed_files")
        draft.hold_back(["landed_files"], "Too few rows.")
    publish_analysts(root)
    assert rows(path, query) == [("newer.csv", False)]
    assert rows(path, "select count(*) from recipient_outcomes where period = '2021-10'") == [(2,)]
    keep("2021-10", "1401", landed_files=[FILE], recipient_outcomes=outcomes("Joko"))
    publish_analysts(root)
    assert rows(path, query) == [("pkh.csv", True)]
    assert rows(path, "select person_key from recipient_outcomes where period = '2021-10'") == [("Joko",)]
    root.partition("2021-10", "1401").point(lambda pointer: pointer.rolled_back("Not yet."))
    publish_analysts(root)
    assert rows(path, query) == [("pkh.csv", False)]
    assert rows(path, "select count(*) from recipient_outcomes where period = '2021-10'") == [(2,)]


def touched(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [touched, Path.unlink, lambda path: path.write_bytes(b"no database")])
def test_a_file_that_is_not_as_it_was_written_is_built_from_nothing(
    root: DataRoot, keep: Keep, anew: list[str], damage: Any
) -> None:
    expected = rows(root.published / "welfare.duckdb")
    damage(root.published / "welfare.duckdb")
    keep("2021-12", "1401", recipient_outcomes=outcomes("Siti"))
    assert rows(publish_analysts(root)) == [*expected, ("2021-12", "1401", "Siti")]
    assert anew == ["welfare.duckdb"]


def test_damage_that_shows_only_when_rows_are_replaced_is_mended(root: DataRoot, keep: Keep, anew: list[str]) -> None:
    path = root.published / "welfare.duckdb"
    expected, seen = rows(path), path.stat()
    content = bytearray(path.read_bytes())
    content[20_000:] = bytes(len(content) - 20_000)
    path.write_bytes(content)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    keep("2021-12", "1401", recipient_outcomes=outcomes("Siti"))
    assert rows(publish_analysts(root)) == [*expected, ("2021-12", "1401", "Siti")]
    assert anew == ["welfare.duckdb"]


def test_asked_for_it_is_built_from_nothing(root: DataRoot, anew: list[str]) -> None:
    expected = rows(root.published / "welfare.duckdb")
    assert rows(publish_analysts(root, from_nothing=True)) == expected
    assert anew == ["welfare.duckdb"]


def test_another_declaration_of_a_table_builds_it_from_nothing(
    root: DataRoot, anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases.Database, "declared", lambda _: "another one")
    publish_analysts(root)
    publish_analysts(root)
    assert anew == ["welfare.duckdb"]


def test_a_copied_data_root_goes_on_where_it_was(root: DataRoot, anew: list[str], tmp_path: Path) -> None:
    shutil.copytree(root.path, tmp_path / "copy")
    publish_analysts(DataRoot(tmp_path / "copy"))
    assert anew == []


def test_replacing_a_month_again_and_again_does_not_make_the_file_grow(
    root: DataRoot, keep: Keep, anew: list[str]
) -> None:
    people = [f"person {number * 7919}" for number in range(130_000)]
    for period in ("2021-09", "2021-10", "2021-11"):
        keep(period, "1401", recipient_outcomes=outcomes(*people[:45_000]))
    least = publish_analysts(root, from_nothing=True).stat().st_size
    for n in range(1, 3):
        keep("2021-10", "1401", recipient_outcomes=outcomes(*people[n * 10_000 : n * 10_000 + 45_000]))
        assert publish_analysts(root).stat().st_size <= 1.1 * least
    assert anew == ["welfare.duckdb"]
    assert rows(root.published / "welfare.duckdb", "select count(*) from recipient_outcomes") == [(135_001,)]


@pytest.mark.parametrize(
    ("before", "people", "further_pieces"),
    [(45_000, 45_000, 1), (45_000, 2, 0), (50_000, 2, 1)],
    ids=["many people", "few, and the last piece has room", "few, and the last piece is large enough"],
)
def test_a_further_month_is_put_behind_the_others_and_few_people_beside_them_in_a_piece_that_is_not_yet_large(  # noqa: PLR0913, PLR0917
    root: DataRoot, keep: Keep, anew: list[str], before: int, people: int, further_pieces: int
) -> None:
    named = [f"person {number * 7919}" for number in range(before)]
    for period in ("2021-09", "2021-10", "2021-11"):
        keep(period, "1401", recipient_outcomes=outcomes(*named))
    path = publish_analysts(root, from_nothing=True)
    pieces = "select distinct row_group_id, count from pragma_storage_info('recipient_outcomes') where column_id = 0"
    pieces_before = len(rows(path, pieces))
    for period, further in (("2021-12", further_pieces), ("2022-01", further_pieces + (people == before))):
        keep(period, "1401", recipient_outcomes=outcomes(*named[:people]))
        publish_analysts(root)
        assert len(rows(path, pieces)) == pieces_before + further
    of_kampar = "select period, count(*) from recipient_outcomes where district_code = '1401' group by all"
    assert rows(path, of_kampar) == [
        *((period, before) for period in ("2021-09", "2021-10", "2021-11")),
        *((period, people) for period in ("2021-12", "2022-01")),
    ]
    assert anew == ["welfare.duckdb"]


def test_words_of_reasons_stand_in_both_databases(root: DataRoot) -> None:
    for path in (root.published / "welfare.duckdb", root.published / "districts" / "1401.duckdb"):
        found = rows(path, "select reason, meaning_id, meaning_en, certainty, legal_basis from reasons")
        assert [reason for reason, *_ in found] == sorted(REASONS)
        assert all(all(words) for words in found)
        assert ("DECEASED", "certain") in {(reason, certainty) for reason, _, _, certainty, _ in found}
