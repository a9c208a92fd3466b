"""How months stand: what stays published of a held-back delivery, rolled back, withdrawn, late; and who says so.

Real commands on a real data root; only the stages are faked.
"""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
import duckdb
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD
from tests.graph.test_damaged_stores import Welfare, made_and_published, type_command
from tests.shared import made_once
from welfare_pipeline.lake import DataRoot

HELD_BACK = frozenset({(KAMPAR, "registry_does_not_exceed_population")})
OF_KAMPAR = ("--period", PERIOD, "--district", KAMPAR)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar and Bengkalis in October and November; not to be changed."""
    return made_once("stores", made_and_published, tmp_path_factory)


@pytest.fixture(scope="module")
def run_again(finished: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """The same after one more run of November; not to be changed."""
    root = copied(finished, tmp_path_factory.mktemp("again"))
    assert type_command(root, "run", "--period", PERIOD).exit_code == 0
    return root


def copied(root: DataRoot, folder: Path) -> DataRoot:
    shutil.copytree(root.path, folder / "data")
    return DataRoot(folder / "data")


@pytest.fixture
def root(finished: DataRoot, tmp_path: Path) -> DataRoot:
    """A copy of the districts as they were reconciled in October and November."""
    return copied(finished, tmp_path)


@pytest.fixture
def welfare(root: DataRoot) -> Welfare:
    """Types a command on it."""
    return partial(type_command, root)


def rows(root: DataRoot, query: str, database: str = "welfare") -> list[tuple[Any, ...]]:
    with duckdb.connect(root.published / f"{database}.duckdb", read_only=True) as con:
        return con.sql(query).fetchall()


def standing(root: DataRoot, period: str = PERIOD, district: str = KAMPAR, database: str = "welfare") -> Any:
    """State, whether something is published, why it is stale."""
    query = (
        "select state, published_run is not null, stale_because from district_status "
        f"where period = '{period}' and district_code = '{district}'"
    )
    [row] = rows(root, query, database)
    return row


def of_kampar(root: DataRoot, table: str) -> int:
    return len(rows(root, f"from {table} where district_code = '{KAMPAR}' and period = '{PERIOD}'"))


def test_a_delivery_that_is_held_back_leaves_the_good_month_published_and_everybody_says_so(
    root: DataRoot, welfare: Welfare
) -> None:
    good = root.published_partition(PERIOD, KAMPAR)
    ended = welfare("run", *OF_KAMPAR, failing=HELD_BACK, pages=True)
    assert ended.exit_code == 1
    sentence = "The newest delivery is held back, because it would mislead. Its former results stand"
    assert sentence in ended.output
    assert root.published_partition(PERIOD, KAMPAR) == good
    assert standing(root) == ("held_back", True, None)
    assert standing(root, database=f"districts/{KAMPAR}") == ("held_back", True, None)
    in_force = f"select distinct in_force from check_results where district_code = '{KAMPAR}' and period = '{PERIOD}'"
    assert rows(root, in_force) == [(False,)]
    assert of_kampar(root, "run_manifest") > 0
    assert "Kiriman terbaru ditahan" in root.report(PERIOD, KAMPAR).read_text("utf-8")
    assert f"Note: {KAMPAR} {PERIOD}: The newest delivery is held back" in welfare("verify").output

    assert welfare("run", *OF_KAMPAR, pages=True).exit_code == 0
    assert standing(root) == ("reconciled", True, None)
    assert rows(root, in_force) == [(True,)]
    assert "Kiriman terbaru ditahan" not in root.report(PERIOD, KAMPAR).read_text("utf-8")


def test_a_month_is_rolled_back_withdrawn_and_brought_back(run_again: DataRoot, tmp_path: Path) -> None:
    root = copied(run_again, tmp_path)
    welfare = partial(type_command, root)
    second = root.published_partition(PERIOD, KAMPAR)
    pointer = root.pointer(PERIOD, KAMPAR)
    assert pointer is not None
    [former] = pointer.former
    first = replace(second, version=former)

    back = welfare("rollback", *OF_KAMPAR)
    assert back.exit_code == 0
    assert "It stays so until other files land or somebody runs it" in back.output
    assert root.published_partition(PERIOD, KAMPAR) == first
    assert standing(root)[:2] == ("rolled_back", True)
    assert f"Note: {KAMPAR} {PERIOD}: Set back on purpose" in welfare("verify").output

    assert welfare("withdraw", *OF_KAMPAR).exit_code == 0
    assert standing(root) == ("withdrawn", False, None)
    assert of_kampar(root, "recipient_outcomes") == of_kampar(root, "run_manifest") == 0
    assert not root.report(PERIOD, KAMPAR).exists()
    with pytest.raises(click.UsageError, match="nothing is published"):
        welfare("withdraw", *OF_KAMPAR)

    back = welfare("rollback", *OF_KAMPAR)
    assert back.exit_code == 0
    assert "published; it was withdrawn." in back.output
    assert root.published_partition(PERIOD, KAMPAR) == first
    assert root.report(PERIOD, KAMPAR).exists()
    with pytest.raises(click.UsageError, match="nothing published before is kept"):
        welfare("rollback", *OF_KAMPAR)

    assert welfare("run", *OF_KAMPAR).exit_code == 0
    assert root.published_partition(PERIOD, KAMPAR).version > second.version
    assert standing(root)[:2] == ("reconciled", True)


def test_a_district_that_never_ran_or_never_landed_is_named(root: DataRoot, welfare: Welfare) -> None:
    root.policy.write_text('expected_districts = ["1401", "1404"]\n', "utf-8")
    folder = root.landing(PERIOD, "1408")
    folder.mkdir()
    (folder / "registry.csv").write_text("nik,nama\n", encoding="utf-8")
    status = welfare("status")
    assert status.exit_code == 0
    lines = status.output.splitlines()
    assert any("1404" in line and "not delivered" in line and "land its files in landing/" in line for line in lines)
    assert any("1408" in line and f"welfare run --period {PERIOD} --district 1408" in line for line in lines)
    assert "was not run" in status.output
    assert welfare("run", *OF_KAMPAR).exit_code == 0
    assert standing(root, district="1404") == ("not_delivered", False, None)
    assert standing(root, district="1408") == ("failed", False, None)


def test_files_that_land_afterwards_make_a_month_stale(run_again: DataRoot) -> None:
    assert standing(run_again)[2] is None
    lists = "select source_file, sha256 from landed_files"
    assert rows(run_again, lists) == []  # the faked stage names none, so nothing can be newer
    assert "newer landing" not in type_command(run_again, "status").output


def test_wrong_words_are_told(welfare: Welfare) -> None:
    for words, told in (
        (("rollback", "--period", "2021", "--district", KAMPAR), "is not a month"),
        (("withdraw", "--period", "2022-01", "--district", KAMPAR), "was ever run"),
        (("status", "--district", "9999"), "nothing has landed"),
    ):
        with pytest.raises(click.UsageError, match=told):
            welfare(*words)


def test_a_month_of_several_districts_is_decided_and_published_once(finished: DataRoot, run_again: DataRoot) -> None:
    before = {name: finished.published_partition(PERIOD, name).version for name in (KAMPAR, BENGKALIS)}
    for district in (KAMPAR, BENGKALIS):
        pointer = run_again.pointer(PERIOD, district)
        assert pointer is not None
        assert pointer.former == (before[district],)  # one new version is published, not two
    assert rows(run_again, f"select count(*) from district_status where period = '{PERIOD}'") == [(2,)]
