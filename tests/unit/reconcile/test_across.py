"""Duplicates across districts: both districts learn of them, and no identity leaves its district."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.scenario import Month, born, card
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.reconcile import compare_districts, numbers, reconcile_district, write_own_duplicates

LOOKED_AT = ("recipient_outcomes", "off_target_recipients")


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_SECRET", "a secret of tests")


def two_districts(root: Path, name_elsewhere: str, born_elsewhere: date, programme: str = "elderly") -> list[Month]:
    kampar, bengkalis = Month(root), Month(root, district="1403")
    kampar.lists("elderly", "Upik", birth_date=born(1950))
    kampar.lists("elderly", "Minah", birth_date=born(1951))
    bengkalis.lists("elderly", "Asih", birth_date=born(1949))
    bengkalis.lists(programme, "Upik", name=name_elsewhere, birth_date=born_elsewhere)
    for month in (kampar, bengkalis):
        month.reconcile()
    return [kampar, bengkalis]


def compared(root: Path) -> list[str]:
    """The step between the districts; those it looked at."""
    return list(compare_districts(DataRoot(root), "2021-11", load_policy()).districts)


def decided(months: list[Month]) -> None:
    """Each district is decided over its newest links and its own rows of the step between."""
    for month in months:
        root = DataRoot(month.root)
        pairs = compare_districts(root, month.period, load_policy())
        with root.partition(month.period, month.district).draft() as draft:
            write_own_duplicates(draft, pairs)
            reconcile_district(draft, load_policy(), LOOKED_AT)
            draft.accept()
        month.decided = set(LOOKED_AT)


def test_both_districts_see_it_in_their_own_rows_and_can_be_paired_by_key(tmp_path: Path) -> None:
    months = two_districts(tmp_path, "Upik", born(1950))
    assert compared(tmp_path) == ["1401", "1403"]
    decided(months)
    for month, other in zip(months, ("Bengkalis (1403)", "Kampar (1401)"), strict=True):
        assert month.reasons()["Upik"] == ["DUPLICATE_ACROSS_DISTRICTS"]
        assert month.outcomes()["Upik"] == "to_verify"
        [(evidence,)] = month.select("select evidence from off_target_recipients")
        assert evidence == f"DUPLICATE_ACROSS_DISTRICTS: the same person in the list of Kabupaten {other}"
    own = "select programme, source_file, source_row, other_district, other_source_row from cross_district_duplicates"
    assert months[0].select(own) == [("elderly", "elderly.csv", 1, "1403", 2)]
    assert months[1].select(own) == [("elderly", "elderly.csv", 2, "1401", 1)]
    keys = "select person_key, other_person_key from cross_district_duplicates"
    assert months[0].select(keys) == [("key of Upik", "key of Upik")]
    assert months[0].outcomes()["Minah"] == "on_target"
    assert compared(tmp_path) == []  # decisions change nothing of it


def test_rows_of_the_same_place_in_two_districts_may_pair_with_one_of_a_third(tmp_path: Path) -> None:
    months = [Month(tmp_path, district=district) for district in ("1401", "1403", "1404")]
    for month in months:
        month.lists("elderly", "Upik", birth_date=born(1950))
        month.reconcile()
    decided(months)
    pairs = "select source_row, other_district from cross_district_duplicates order by all"
    assert [month.select(pairs) for month in months] == [
        [(1, "1403"), (1, "1404")], [(1, "1401"), (1, "1404")], [(1, "1401"), (1, "1403")]
    ]  # fmt: skip


def test_what_the_step_writes_names_nobody(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    pairs = compare_districts(DataRoot(tmp_path), "2021-11", load_policy()).partition
    with pairs.connect() as con:
        [*rows] = con.sql("from cross_district_duplicates").fetchall()
    assert len(rows) == 2
    files = hashes(tmp_path)
    assert len(files) == 2
    rows += [row for file in files for row in duckdb.sql(f"from '{file}'").fetchall()]
    assert len(rows) == 6
    assert "nik of Upik" not in str(rows)
    assert "1950" not in str(rows)


def test_a_stranger_under_a_mistyped_number_is_somebody_else(tmp_path: Path) -> None:
    months = two_districts(tmp_path, "Bambang Sutrisno", born(1950))
    decided(months)
    assert months[0].reasons()["Upik"] == []


def test_another_programme_is_no_duplicate(tmp_path: Path) -> None:
    months = two_districts(tmp_path, "Upik", born(1950), "disability")
    decided(months)
    assert months[0].reasons()["Upik"] == []


def test_when_one_district_strikes_the_row_the_other_is_freed(tmp_path: Path) -> None:
    kampar, bengkalis = two_districts(tmp_path, "Upik", born(1950))
    decided([kampar, bengkalis])
    struck = replace(bengkalis, rows={}, links=[], people={}, registered={})
    struck.lists("elderly", "Asih", birth_date=born(1949))
    struck.lists("bst", "Asih", family_card_number=card(1))
    struck.reconcile()
    assert compared(tmp_path) == ["1403"]
    decided([kampar])
    assert kampar.outcomes()["Upik"] == "on_target"


def test_only_districts_that_changed_are_looked_at_and_the_rows_of_others_stand(tmp_path: Path) -> None:
    kampar, bengkalis = two_districts(tmp_path, "Upik", born(1950))
    compared(tmp_path)
    rokan = Month(tmp_path, district="1404")
    rokan.lists("elderly", "Minah", birth_date=born(1951))
    rokan.reconcile()
    assert compared(tmp_path) == ["1404"]
    decided([kampar, bengkalis, rokan])
    assert kampar.reasons() == {"Upik": ["DUPLICATE_ACROSS_DISTRICTS"], "Minah": ["DUPLICATE_ACROSS_DISTRICTS"]}
    assert rokan.reasons() == {"Minah": ["DUPLICATE_ACROSS_DISTRICTS"]}


def test_a_delivery_that_is_held_back_counts_as_it_is_still_published(tmp_path: Path) -> None:
    kampar, bengkalis = two_districts(tmp_path, "Upik", born(1950))
    with DataRoot(tmp_path).partition("2021-11", "1403").draft() as draft:
        draft.hold_back(["landed_files"])
    decided([kampar])
    assert kampar.reasons()["Upik"] == ["DUPLICATE_ACROSS_DISTRICTS"]
    taken_away(DataRoot(tmp_path).published_partition("2021-11", "1403"))
    decided([kampar])
    assert kampar.reasons()["Upik"] == []
    assert bengkalis.district == "1403"


def taken_away(partition: Partition) -> None:
    partition.point(lambda pointer: pointer.withdrawn("A mistake.", 2))


def test_a_damaged_district_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    kampar, _ = two_districts(tmp_path, "Upik", born(1950))
    compared(tmp_path)
    DataRoot(tmp_path).partition("2021-11", "1403").path("links").write_bytes(b"no table")
    assert compared(tmp_path) == []
    decided([kampar])
    assert kampar.reasons()["Upik"] == ["DUPLICATE_ACROSS_DISTRICTS"]


def test_a_number_mistyped_in_the_registry_does_not_hide_the_one_on_the_list(tmp_path: Path) -> None:
    kampar, bengkalis = Month(tmp_path), Month(tmp_path, district="1403")
    kampar.lists("registry", "Upik", nik="a mistyped number", birth_date=born(1950))
    for month in (kampar, bengkalis):
        month.lists("elderly", "Upik", birth_date=born(1950))
        month.reconcile()
    decided([kampar, bengkalis])
    assert kampar.reasons() == {"Upik": ["DUPLICATE_ACROSS_DISTRICTS"]}


KILLED = """
import os, signal, sys
from pathlib import Path
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.reconcile import compare_districts, numbers
make = numbers.Numbers._make
def make_or_die(self, con, partition, file):
    make(self, con, partition, file) if partition.district == "1401" else os.kill(os.getpid(), signal.SIGKILL)
numbers.Numbers._make = make_or_die
compare_districts(DataRoot(Path(sys.argv[1])), "2021-11", load_policy())
"""


BOTH_WAYS = [("1401", "1403"), ("1403", "1401")]


def hashes(root: Path) -> list[Path]:
    """The kept numbers of each district, by its code."""
    return sorted((root / "lake" / ".across" / "2021-11").glob("*.parquet"))


def pairs(root: Path) -> list[tuple[str, str]]:
    """The districts of each pair that is found."""
    with compare_districts(DataRoot(root), "2021-11", load_policy()).partition.connect() as con:
        return con.sql("select district_code, other_district from cross_district_duplicates order by all").fetchall()


def test_a_killed_step_goes_on_with_the_districts_that_are_left(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    ended = subprocess.run([sys.executable, "-W", "ignore", "-c", KILLED, tmp_path], check=False, env=os.environ)
    assert ended.returncode == -signal.SIGKILL
    [kampar] = hashes(tmp_path)
    made = kampar.stat()
    assert pairs(tmp_path) == BOTH_WAYS
    assert len(hashes(tmp_path)) == 2
    assert (kampar.stat().st_ino, kampar.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)


def test_numbers_are_compared_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "ROWS_AT_ONCE", 1)
    assert [*numbers.ranges(2)] == [(0, 2**63 - 1), (2**63, 2**64 - 1)]
    two_districts(tmp_path, "Upik", born(1950))
    assert pairs(tmp_path) == BOTH_WAYS


def test_a_district_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    compared(tmp_path)
    before = {file.name: file.stat().st_ino for file in hashes(tmp_path)}
    rokan = Month(tmp_path, district="1404")
    rokan.lists("elderly", "Minah", birth_date=born(1951))
    rokan.reconcile()
    compared(tmp_path)
    after = {file.name: file.stat().st_ino for file in hashes(tmp_path)}
    assert before.items() <= after.items()
    assert len(after) == 3


def test_numbers_of_the_last_months_are_kept_and_of_a_month_that_is_compared_now(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    root = DataRoot(tmp_path)
    for month in ("2021-07", "2021-08", "2021-09", "2021-10"):
        root.number_hashes(month).mkdir(parents=True)
    with root.alone("across-2021-07"):
        compared(tmp_path)
    kept = sorted(month.name for month in root.number_hashes("2021-11").parent.iterdir())
    assert kept == ["2021-07", "2021-09", "2021-10", "2021-11"]


def test_damaged_numbers_are_made_again(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    compared(tmp_path)
    cut, spoilt = hashes(tmp_path)
    cut.write_bytes(cut.read_bytes()[:40])
    middle = bytearray(spoilt.read_bytes())
    middle[4:60] = bytes(56)
    spoilt.write_bytes(middle)
    (tmp_path / "lake" / "2021-11" / "all" / "pointer.json").unlink(missing_ok=True)
    with pytest.raises(duckdb.Error):
        compared(tmp_path)
    assert pairs(tmp_path) == BOTH_WAYS


def test_when_every_list_is_withdrawn_nothing_is_left_of_it(tmp_path: Path) -> None:
    two_districts(tmp_path, "Upik", born(1950))
    compared(tmp_path)
    root = DataRoot(tmp_path)
    for district in ("1401", "1403"):
        partition = root.partition("2021-11", district)
        partition.point(lambda pointer: pointer.accepting(pointer.newest, "", 2))
        taken_away(partition)
    assert compare_districts(root, "2021-11", load_policy()).partition.rows("cross_district_duplicates") == 0
    assert hashes(tmp_path) == []
