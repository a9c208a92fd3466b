"""Whatever lands: nothing raised, every row accounted for, every file named, nothing quoted, neighbours unharmed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from tests.hostile.corpus import SOUND, land_sound_lists, land_spoilt_list
from tests.hostile.kinds import KINDS, MARK, SPOILT, Expected, Place
from tests.unit.ingest.landing import DISTRICT, PERIOD
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import FileState
from welfare_pipeline.ingest.delivery import Delivery, ingest_delivery
from welfare_pipeline.lake import DataRoot, Draft

SEED = 1  # more of them: benchmarks/hostile.py
NAMES = sorted(KINDS)
FOLDERS = [NAMES[i :: -(-len(NAMES) // len(SPOILT))] for i in range(-(-len(NAMES) // len(SPOILT)))]


@contextmanager
def ingested(root: DataRoot) -> Iterator[tuple[Delivery, Draft]]:
    """What is made of the district's folder."""
    with root.partition(PERIOD, DISTRICT).draft() as draft:
        yield ingest_delivery(root.landing(PERIOD, DISTRICT), load_policy(root.policy), draft), draft


def sound_rows(draft: Draft) -> dict[str, pl.DataFrame]:
    """The accepted rows of the lists that were not spoilt."""
    tables = {name.split(".", maxsplit=1)[0]: name for name in SOUND}
    return {t: pl.read_parquet(draft.path(t)).filter(source_file=name).drop("row_id") for t, name in tables.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    root = DataRoot(tmp_path_factory.mktemp("undisturbed"))
    land_sound_lists(root.landing(PERIOD, DISTRICT))
    with ingested(root) as (_, draft):
        return sound_rows(draft)


@pytest.mark.parametrize("kinds", FOLDERS, ids="+".join)
def test_spoilt_lists_harm_only_themselves(
    tmp_path: Path, undisturbed: dict[str, pl.DataFrame], kinds: Sequence[str], capfd: pytest.CaptureFixture[str]
) -> None:
    check_folder(DataRoot(tmp_path), kinds, SEED, undisturbed)
    assert capfd.readouterr() == ("", "")  # not even by the libraries that read files


def check_folder(root: DataRoot, kinds: Sequence[str], seed: int, undisturbed: dict[str, pl.DataFrame]) -> None:
    """Land sound lists and one of each kind, ingest them, and see what became of all of them."""
    folder = root.landing(PERIOD, DISTRICT)
    land_sound_lists(folder)
    landed = [land_spoilt_list(folder, kind, seed, source) for kind, source in zip(kinds, SPOILT, strict=False)]
    with ingested(root) as (delivery, draft):
        check_accounts(delivery, draft, folder)
        check_messages(delivery, draft, [place for place, _ in landed])
        for kind, (place, expected) in zip(kinds, landed, strict=True):
            check_fate(delivery, place, expected, kind)
        found = sound_rows(draft)
    assert len(delivery.unknown_files) == sum(expected.unknown for _, expected in landed)
    assert all(rows.equals(undisturbed[table]) for table, rows in found.items())


def check_accounts(delivery: Delivery, draft: Draft, folder: Path) -> None:
    """Every entry of the folder is on record, and every row of it accepted or rejected."""
    names = [file.source_file for file in delivery.files if not file.source_file.startswith("worklist")]
    assert len(names) == len(set(names))
    entries = len(list(folder.iterdir()))
    assert len({file.source_file for file in delivery.files} | set(delivery.unknown_files)) == entries
    for file in delivery.files:
        assert file.rows_landed == file.rows_accepted + file.rows_rejected
        assert (file.error is None) == (file.state is FileState.ACCEPTED)
    rejected = pl.read_parquet(draft.path("rejected_rows"))
    assert rejected.height == sum(file.rows_rejected for file in delivery.files)
    for source in {file.source for file in delivery.files if file.rows_accepted}:
        is_programme = not draft.path(source).exists()
        rows = pl.read_parquet(draft.path("recipient_rows" if is_programme else source))
        accepted = (rows.filter(programme=source) if is_programme else rows).height
        assert accepted == sum(file.rows_accepted for file in delivery.files if file.source == source)


def check_messages(delivery: Delivery, draft: Draft, places: Sequence[Place]) -> None:
    """What people are told names the file, says what to do, fits a terminal, and quotes no cell."""
    errors = [(file.source_file, file.error) for file in delivery.files if file.error]
    assert all(error.startswith(f"{name}: ") and len(error) < 4_000 for name, error in errors)
    ignored = pl.read_parquet(draft.path("landed_files"))["columns_ignored"].explode().drop_nulls().to_list()
    told = "".join([*delivery.unknown_files, *ignored, *(name + error for name, error in errors)])
    assert told.isprintable()
    assert MARK not in told
    assert not [secret for place in places for secret in place.secrets if secret in told]


def check_fate(delivery: Delivery, place: Place, expected: Expected, kind: str) -> None:
    """The spoilt list was read or refused as its kind says."""
    files = [file for file in delivery.files if file.source == place.source and file.source_file not in SOUND]
    errors = [file.error for file in files if file.error]
    if expected.rows is None:
        assert files, kind
        return
    assert sum(file.rows_landed for file in files) == expected.rows, (kind, errors)
    assert len(errors) == len(expected.refused), (kind, errors)
    assert all(word in error for word, error in zip(expected.refused, errors, strict=True)), (kind, errors)


def test_the_corpus_is_large_enough() -> None:
    assert len(KINDS) >= 60
    assert sorted(kind for kinds in FOLDERS for kind in kinds) == NAMES
