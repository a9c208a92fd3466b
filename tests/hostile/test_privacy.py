"""Nobody's number, name, address or card outside the restricted places; restricted places are their owner's alone.

Compared are all numbers of ten digits and more, and all names and addresses long enough to be somebody's and unlike
any text the project or a list of villages has of its own: "SITI" or a village's name proves nothing wherever it stands.
"""

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from tests.hostile.month import NAMED_SOURCE, PERIOD, PROJECT, SOUND, SPOILT_DISTRICTS, Month
from tests.identities import WORD, found_in
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot

RESTRICTED = ("landing", "lake", "published/districts", "published/worklists", "secret")
SHORTEST_NAME = 13  # letters
SHORTEST_NUMBER = 10  # digits


def tokens_of(root: DataRoot, district: str) -> set[str]:
    """The identities in a district's landed lists, as they were read and as they were rejected."""
    found: set[str] = set()
    with root.partition(PERIOD, district).connect() as con:
        for source in load_policy().sources.lists:
            columns = [c.name for c in source.columns if c.identity and c.name != "birth_date"]
            for column in columns:
                found |= {str(row[0]) for row in con.sql(f'select distinct "{column}" from {source.table}').fetchall()}
        found |= {str(row[0]) for row in con.sql("select distinct value from rejected_rows").fetchall()}
    return {token for token in found if is_somebodys(token)}


def is_somebodys(text: str) -> bool:
    """Whether the text can be one person's: a long number that is none by its look, or a long text of several words."""
    if re.fullmatch(r"[0-9]+", text):
        counts_up = all(b == a + 1 for a, b in pairwise(map(int, text)))
        return len(text) >= SHORTEST_NUMBER and len(set(text)) > 2 and not counts_up
    return len(text) >= SHORTEST_NAME and len(text.split()) > 1 and any(letter.isalpha() for letter in text)


def common_text(root: DataRoot) -> str:
    """What the project says itself, and the names of villages."""
    sources = [file.read_text("utf-8") for file in (PROJECT / "welfare_pipeline").rglob("*") if file.suffix in TEXTS]
    villages = [file.read_text("utf-8", "replace") for file in root.landing(PERIOD).glob("*/population*.csv")]
    return "\n".join([*sources, *villages]).upper()


TEXTS = {".py", ".sql", ".toml", ".csv", ".json", ".yaml"}


def unrestricted_files(root: DataRoot) -> Iterator[Path]:
    """Every file of the data root that people other than a district's officers may see."""
    for file in root.path.rglob("*"):
        if file.is_file() and not str(file.relative_to(root.path)).startswith(RESTRICTED):
            yield file


def text_of(database: Path) -> bytes:
    """Every value of every column that is no number, one below the other."""
    with duckdb.connect(database, read_only=True) as con:
        columns = con.sql("select table_name, column_name from duckdb_columns() where not internal").fetchall()
        of_table: dict[str, list[str]] = {}
        for table, column in columns:
            of_table.setdefault(table, []).append(f'list(distinct "{column}"::varchar)')
        values: list[list[str | None] | None] = []
        for table, lists in of_table.items():
            values += con.sql(f'select {", ".join(lists)} from "{table}"').fetchall()[0]
    return "\n".join(value for found in values for value in found or () if value is not None).encode()


@pytest.fixture(scope="module")
def tokens(hostile_month: Month) -> dict[str, set[str]]:
    """Who must not be found, by district."""
    common = common_text(hostile_month.root)
    spoilt = {code: set().union(*(p.secrets for _, p, _ in landed)) for code, landed in hostile_month.spoilt.items()}
    read = {code: tokens_of(hostile_month.root, code) for code in (SOUND, *SPOILT_DISTRICTS)}
    everything = {code: read[code] | spoilt.get(code, set()) for code in read}
    return {
        code: {t for t in found if len(t) >= WORD and t.upper() not in common} for code, found in everything.items()
    }


def test_there_is_something_to_look_for(tokens: dict[str, set[str]], hostile_month: Month) -> None:
    assert sum(token.isdigit() for token in tokens[SOUND]) > 1_000
    assert sum(not token.isdigit() for token in tokens[SOUND]) > 300
    database = hostile_month.root.published / "districts" / f"{SOUND}.duckdb"
    assert len(found_in(text_of(database), tokens[SOUND])) > 0.9 * len(tokens[SOUND])


@pytest.mark.parametrize("month", ["quiet_month", "hostile_month"])
def test_nobody_is_found_in_any_file_outside_the_restricted_places(
    month: str, tokens: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    root: DataRoot = request.getfixturevalue(month).root
    everybody = set().union(*tokens.values())
    files = list(unrestricted_files(root))
    assert {"welfare.duckdb", "runs.db", "schedules.db"} <= {file.name for file in files}
    assert {str(file): found for file in files if (found := found_in(file.read_bytes(), everybody))} == {}


def test_nobody_is_found_in_the_analysts_database(tokens: dict[str, set[str]], hostile_month: Month) -> None:
    text = text_of(hostile_month.root.published / "welfare.duckdb")
    assert len(text) > 100_000
    assert found_in(text, set().union(*tokens.values())) == set()


def test_nobody_is_found_in_what_is_printed(
    tokens: dict[str, set[str]], hostile_month: Month, quiet_month: Month
) -> None:
    for month in (hostile_month, quiet_month):
        assert found_in(month.told.encode(), set().union(*tokens.values())) == set()


def names_after_people(month: Month, district: str) -> set[str]:
    """Names and numbers that stand in the names of a district's files, sheets and headers."""
    return next(place.secrets for kind, place, _ in month.spoilt[district] if kind == "identities_in_names")


@pytest.mark.parametrize("district", SPOILT_DISTRICTS)
def test_names_of_files_are_masked_and_stay_unique(hostile_month: Month, district: str) -> None:
    lists = {file.name for file in hostile_month.root.landing(PERIOD, district).glob(f"{NAMED_SOURCE}.*")}
    own = f"where district_code = '{district}' and source = '{NAMED_SOURCE}'"
    with duckdb.connect(hostile_month.root.published / "welfare.duckdb", read_only=True) as con:
        masked = {name for (name,) in con.sql(f"select source_file from landed_files {own}").fetchall()}
        ignored = con.sql(f"select columns_ignored from landed_files {own} and state = 'accepted'").fetchall()
    assert len(masked) == len(lists) == 3
    assert masked.isdisjoint(lists)
    assert ignored == [(["column 3", "column 4", ignored[0][0][2]],)] * 2
    assert ignored[0][0][2].startswith("column 5 (TGL MENINGGAL), nearest known: tanggal_kejadian")


def test_the_district_database_has_the_names_whole_and_every_table_the_same(hostile_month: Month) -> None:
    [district] = [code for code in SPOILT_DISTRICTS if code == "1402"]  # the other one is held back
    lists = {file.name for file in hostile_month.root.landing(PERIOD, district).glob(f"{NAMED_SOURCE}.*.csv")}
    database = hostile_month.root.published / "districts" / f"{district}.duckdb"
    with duckdb.connect(database, read_only=True) as con:
        for table in ("landed_files", "recipient_outcomes", "off_target_recipients", "sembako"):
            query = f"select distinct source_file from {table} where source_file like '{NAMED_SOURCE}.%.csv'"
            found = {name for (name,) in con.sql(query).fetchall()}
            assert found == lists if table != "off_target_recipients" else found and found <= lists, table
        [(headers, error)] = con.sql(
            "select list(distinct columns_ignored), any_value(error) filter (state = 'rejected') "
            f"from landed_files where source = '{NAMED_SOURCE}'"
        ).fetchall()
    name = next(
        secret for secret in names_after_people(hostile_month, district) if any(secret in h[0] for h in headers if h)
    )
    assert name in error


def test_analysts_join_the_tables_by_masked_names(hostile_month: Month) -> None:
    with duckdb.connect(hostile_month.root.published / "welfare.duckdb", read_only=True) as con:
        strangers = """
            select count(*) from recipient_outcomes as outcome
            anti join landed_files as file using (district_code, source_file)
        """
        counted = "select count(*) from recipient_outcomes where source_file like '%masked%'"
        assert con.sql(strangers).fetchall() == [(0,)]
        assert con.sql(counted).fetchall()[0][0] >= 60


def test_files_of_no_list_are_counted_by_ending_and_a_whole_list_is_named(hostile_month: Month) -> None:
    assert "1 .pdf" in hostile_month.told
    assert '"Data BST ….csv" is most likely the list bst' in hostile_month.told


def test_a_district_database_holds_that_districts_people_only(
    tokens: dict[str, set[str]], hostile_month: Month
) -> None:
    databases = sorted((hostile_month.root.published / "districts").glob("*.duckdb"))
    assert {file.stem for file in databases} == set(tokens)
    for database in databases:
        others = set().union(*(found for code, found in tokens.items() if code != database.stem))
        others -= tokens[database.stem]
        assert found_in(text_of(database), others) == set()
        with duckdb.connect(database, read_only=True) as con:
            tables = con.sql("select table_name from duckdb_columns() where column_name = 'district_code'").fetchall()
            for (table,) in tables:
                codes = con.sql(f'select distinct district_code from "{table}"').fetchall()
                assert codes in ([], [(database.stem,)]), table


@pytest.mark.parametrize("month", ["quiet_month", "hostile_month"])
def test_restricted_places_are_their_owners_alone_whatever_the_umask(
    month: str, request: pytest.FixtureRequest
) -> None:
    root: DataRoot = request.getfixturevalue(month).root
    restricted = [root.path / place for place in RESTRICTED[1:] if (root.path / place).exists()]
    entries = [entry for place in restricted for entry in (place, *place.rglob("*"))]
    assert any(entry.suffix == ".duckdb" for entry in entries)
    assert any(entry.suffix == ".parquet" for entry in entries)
    assert any(entry.suffix == ".xlsx" for entry in entries)
    assert [str(entry) for entry in entries if entry.stat().st_mode & 0o077] == []


def test_nobody_else_may_write_what_a_run_made_whatever_the_umask(hostile_month: Month) -> None:
    root = hostile_month.root
    made = [entry for place in root.path.iterdir() if place.name != "landing" for entry in (place, *place.rglob("*"))]
    assert any(entry.name == "welfare.duckdb" for entry in made)
    assert any(entry.suffix == ".db" for entry in made)  # run history
    assert [str(entry) for entry in made if entry.stat().st_mode & 0o022] == []


def test_the_secret_is_its_owners_alone_whatever_the_umask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELFARE_SECRET", raising=False)
    root = DataRoot(tmp_path)
    before = os.umask(0)
    try:
        assert len(root.deployment_secret()) == 64
    finally:
        os.umask(before)
    assert root.secret.stat().st_mode & 0o777 == 0o600
