"""How a published file takes the place of the former one: whole, counted, without disturbing readers."""

import threading
import traceback
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Keep
from tests.ready import start
from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish import written
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.databases import publish_analysts, publish_district
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.writing import check_whole

FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}


def _files(path: Path) -> list[tuple[str, str]]:
    with duckdb.connect(path, read_only=True) as con:
        return con.sql("select period, district_code from landed_files order by all").fetchall()


def _left_beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.suffix != ".duckdb" and path.is_file())


def test_an_open_reader_keeps_what_it_opened(root: DataRoot, keep: Keep) -> None:
    keep("2021-11", "1401", landed_files=[FILE])
    path = publish_analysts(root)
    with duckdb.connect(path, read_only=True) as reader:
        keep("2021-11", "1403", landed_files=[FILE])
        publish_analysts(root)
        assert reader.sql("select count(*) from landed_files").fetchall() == [(1,)]
    assert _files(path) == [("2021-11", "1401"), ("2021-11", "1403")]


def test_what_a_killed_builder_left_is_removed(root: DataRoot, keep: Keep) -> None:
    keep("2021-11", "1401", landed_files=[FILE])
    left = [
        root.published / "districts" / ".1401.building",
        root.lake / ".drafts" / "snapshot-1401-8c1f" / "2021-10/1401",
    ]
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "landed_files.parquet").write_bytes(b"half a file")
    path = publish_district(root, "1401")
    assert not any(folder.exists() for folder in left)
    assert _files(path) == [("2021-11", "1401")]
    assert _left_beside(root.published) == []


def test_a_failed_build_leaves_the_former_file_and_nothing_else(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("2021-11", "1401", landed_files=[FILE])
    path = publish_analysts(root)

    def fail(*_: object, **__: object) -> None:
        message = "IO Error"
        raise duckdb.IOException(message)

    keep("2021-11", "1403", landed_files=[FILE])
    monkeypatch.setattr(written, "breaches_of", fail)
    for from_nothing in (False, True):
        with pytest.raises(PublishError, match="the former file stands"):
            publish_analysts(root, from_nothing=from_nothing)
    assert _files(path) == [("2021-11", "1401")]
    assert _left_beside(root.published) == []
    assert list((root.lake / ".drafts").iterdir()) == []


def test_a_failure_never_quotes_a_cell(root: DataRoot, keep: Keep) -> None:
    partition = keep("2021-11", "1401", landed_files=[FILE])
    with duckdb.connect() as con:
        odd = con.read_parquet(str(partition.path("landed_files"))).project("* replace ('SITI' as rows_landed)").pl()
    with partition.draft() as draft:
        odd.write_parquet(draft.path("landed_files"))
        draft.accept()
    with pytest.raises(PublishError) as caught:
        publish_analysts(root)
    assert "SITI" not in "".join(traceback.format_exception(caught.value))


def test_a_full_disk_is_noticed_and_the_former_file_stands(root: DataRoot, keep: Keep) -> None:
    keep("2021-11", "1401", landed_files=[FILE])
    path = publish_district(root, "1401")
    rows = [{"source_file": "pkh.csv", "source_row": row, "value": f"{row * 7919**3}"} for row in range(60_000)]
    keep("2021-11", "1401", landed_files=[FILE, FILE | {"source_file": "bst.csv"}], rejected_rows=rows)
    program = (
        "import resource, signal, sys, pathlib; from welfare_pipeline.lake import DataRoot;"
        "from welfare_pipeline.publish.databases import publish_district;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "publish_district(DataRoot(pathlib.Path(sys.argv[1])), '1401')"
    )
    ended = start(program, str(root.path)).ended()
    assert "PublishError: 1401.duckdb: could not be built" in ended.stderr
    assert _files(path) == [("2021-11", "1401")]
    assert _left_beside(root.published) == []


def test_a_database_with_fewer_rows_than_its_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "welfare.duckdb"
    with duckdb.connect(path) as con:
        con.execute("create table landed_files as select 1 as source_row")
    database = Database(path, (LANDED_FILES,))
    check_whole(path, database, {"landed_files": 1})
    with pytest.raises(PublishError, match="landed_files has 1 rows instead of 2"):
        check_whole(path, database, {"landed_files": 2})


def test_rows_that_are_only_in_a_log_beside_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "welfare.duckdb"
    with duckdb.connect(path) as con:
        con.execute("create table landed_files as select 1 as source_row")
    path.with_name("welfare.duckdb.wal").touch()
    with pytest.raises(PublishError, match="disk has room"):
        check_whole(path, Database(path, (LANDED_FILES,)), {"landed_files": 1})


@pytest.mark.parametrize("name", ["what?", "2021*"])
def test_a_data_root_that_duckdb_would_misread_is_refused(tmp_path: Path, name: str) -> None:
    root = DataRoot(tmp_path / name)
    with pytest.raises(PublishError, match="choose another data root"):
        publish_analysts(root)
    assert not root.published.exists()


def test_publishers_at_once_lose_no_district(root: DataRoot, keep: Keep) -> None:
    districts = ["1401", "1402", "1403", "1404"]
    failures: list[BaseException] = []

    def reconcile_and_publish(district: str) -> None:
        try:
            keep("2021-11", district, landed_files=[FILE])
            publish_analysts(root)
        except BaseException as error:  # noqa: BLE001 - whatever ended the thread is what the test must see
            failures.append(error)

    builders = [threading.Thread(target=reconcile_and_publish, args=(district,)) for district in districts]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert failures == []
    assert _files(root.published / "welfare.duckdb") == [("2021-11", district) for district in districts]


def test_the_same_lake_gives_the_same_rows_in_the_same_order(root: DataRoot, keep: Keep) -> None:
    rows = [
        {"source": "pkh", "source_file": f"{n % 7}.csv", "source_row": n, "reason": "MALFORMED"} for n in range(5000)
    ]
    for district in ("1401", "1403"):
        keep("2021-11", district, rejected_rows=rows)
    query = "select period, district_code, source, source_file, source_row from rejected_rows"
    with duckdb.connect(publish_analysts(root), read_only=True) as con:
        first = con.sql(query).fetchall()
    with duckdb.connect(publish_analysts(root, from_nothing=True), read_only=True) as con:
        assert con.sql(query).fetchall() == first == sorted(first)
