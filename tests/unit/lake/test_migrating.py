"""A lake of the former layout is taken over: what was published stays so, what was damaged or gone is told."""

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.conftest import Keep
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot, Partition, damages_in, migrate, sha256_of

FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}
SITI = {"person_key": "Siti", "source": "pkh", "source_file": "pkh.csv", "source_row": 1, "reasons": []}


def as_before(partition: Partition) -> None:
    """The month as versions before had it: its tables in one folder, their digests in the register beside."""
    note = partition.lake / ".register" / partition.period / f"{partition.district}.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(
        json.dumps({"files": {t: sha256_of(partition.path(t)) for t in partition.tables()}, "coming": None})
    )
    for table in partition.tables():
        partition.path(table).rename(partition.home / f"{table}.parquet")
    (partition.home / "pointer.json").unlink()
    shutil.rmtree(partition.folder)
    shutil.rmtree(partition.lake / ".made", ignore_errors=True)


@pytest.fixture
def former(root: DataRoot, keep: Keep) -> DataRoot:
    """Kampar reconciled in October and held back in November; Bengkalis is lost; a run was under way."""
    files = {"landed_files": [FILE], "run_manifest": [{"table": "recipient_outcomes", "run_id": "a run"}]}
    october = keep("2021-10", "1401", recipient_outcomes=[SITI], **files)
    november = keep("2021-11", "1401", **files)
    lost = keep("2021-10", "1403", recipient_outcomes=[SITI], **files)
    for partition in (october, november, lost):
        as_before(partition)
    shutil.rmtree(root.lake / "2021-10" / "1403")
    (root.lake / ".pending" / "2021-12" / "1401").mkdir(parents=True)
    (root.lake / ".pending" / "2021-12" / "1401" / "registry.parquet").write_bytes(b"SITI")
    return root


def files_of(root: DataRoot) -> list[Path]:
    return sorted(path for path in root.lake.rglob("*.parquet"))


def test_every_month_becomes_a_version_and_nothing_is_lost(former: DataRoot) -> None:
    assert former.partitions() == []
    assert migrate(former) == [("2021-10", "1401"), ("2021-11", "1401")]
    [october] = former.partitions()
    assert october.name == ("2021-10", "1401")
    assert october.tables() == ["landed_files", "recipient_outcomes", "run_manifest"]
    assert october.contents_or_nothing().run_id == "a run"
    assert damages_in(october) == []
    pointer = former.pointer("2021-11", "1401")
    assert pointer is not None
    assert (pointer.state, pointer.is_published) == ("held_back", False)
    assert former.partition("2021-11", "1401").tables() == ["landed_files", "run_manifest"]
    assert [str(damage) for damage in former.lost()] == ["its folder is gone"]
    assert not (former.lake / ".pending").exists()
    assert not (former.lake / ".register").exists()
    before = files_of(former)
    assert migrate(former) == []
    assert files_of(former) == before


def test_a_migration_that_was_killed_goes_on(former: DataRoot) -> None:
    former_home = former.lake / "2021-10" / "1401"
    shutil.copytree(former_home, former.path / "aside")
    migrate(former)
    versions = files_of(former)
    for file in (former.path / "aside").iterdir():  # killed before the tables of before were removed
        shutil.copy(file, former_home / file.name)
    (former.lake / ".layout").unlink()
    assert migrate(former) == [("2021-10", "1401")]
    assert files_of(former) == versions


def test_what_was_damaged_before_is_told_afterwards(former: DataRoot) -> None:
    file = former.lake / "2021-10" / "1401" / "recipient_outcomes.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    migrate(former)
    [october] = former.partitions()
    assert [str(damage) for damage in damages_in(october)] == [
        "recipient_outcomes is not as the run made it (damaged or changed)"
    ]


def test_commands_that_read_versions_ask_for_it_first(former: DataRoot) -> None:
    def command(*words: str) -> object:
        told = CliRunner().invoke(welfare, [*words, "--data", str(former.path)], standalone_mode=False)
        return told.exception or told.return_value

    refused = command("verify")
    assert isinstance(refused, click.UsageError)
    assert "welfare migrate" in str(refused)
    assert command("migrate") == 0
    assert command("status") == 0
