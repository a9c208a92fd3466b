"""`welfare run` over hostile districts: plain messages, recorded rejections, no effect on the sound district."""

from typing import Any

import duckdb

from tests.hostile.kinds import MARK
from tests.hostile.month import SOUND, SPOILT_DISTRICTS, Month


def published(month: Month, query: str) -> list[tuple[Any, ...]]:
    """Rows of the analysts' database."""
    with duckdb.connect(month.root.published / "welfare.duckdb", read_only=True) as con:
        return con.sql(query).fetchall()


def test_a_hostile_month_ends_in_words(hostile_month: Month) -> None:
    assert hostile_month.run.returncode == 1, hostile_month.told
    for sign in ("Traceback", "panicked", "unexpected", "Error:"):
        assert sign not in hostile_month.told
    assert all(line.isprintable() for line in hostile_month.told.splitlines())
    assert MARK not in hostile_month.told


def test_every_refused_file_is_named_with_what_to_do(hostile_month: Month) -> None:
    query = "select district_code, source_file, error from landed_files where state = 'rejected'"
    refused = published(hostile_month, query)
    assert len(refused) >= 6
    assert [name for _, name, error in refused if f"{name} is not used: {error}" not in hostile_month.told] == []
    for district, landed in hostile_month.spoilt.items():
        errors = [error for code, _, error in refused if code == district]
        for word in (word for _, _, expected in landed for word in expected.refused):
            assert any(word in error for error in errors), (district, word)


def test_what_lies_in_the_months_folder_and_is_no_district_is_named(hostile_month: Month) -> None:
    for name in ("1407", "1403", r"\x1b[31m1401\n", r"14\xff"):
        assert f"2021-11/{name}: " in hostile_month.told


def test_no_row_is_lost(hostile_month: Month) -> None:
    query = "select district_code, source_file, rows_landed - rows_accepted - rows_rejected from landed_files"
    files = published(hostile_month, query)
    assert {district for district, _, _ in files} == {SOUND, *SPOILT_DISTRICTS}
    assert [file for file in files if file[2] != 0] == []
    for district, landed in hostile_month.spoilt.items():
        for kind, place, expected in landed:
            [(rows,)] = published(
                hostile_month,
                f"select coalesce(sum(rows_landed), 0) from landed_files where district_code = '{district}' "
                f"and source = '{place.source}' and source_file <> 'registry.csv'",
            )
            assert expected.rows in {None, rows}, (district, kind)


def test_only_the_district_with_two_registries_is_held_back(hostile_month: Month) -> None:
    reconciled = published(hostile_month, "select district_code from district_summary order by all")
    assert [code for (code,) in reconciled] == ["1402", SOUND]


def test_the_sound_district_has_exactly_the_rows_of_an_undisturbed_run(
    hostile_month: Month, quiet_month: Month
) -> None:
    assert quiet_month.run.returncode == 0, quiet_month.told
    query = (
        "select table_name from duckdb_columns() semi join duckdb_tables() using (table_name) "
        "where column_name = 'district_code'"  # views have no order of their own
    )
    tables = published(quiet_month, query)
    compared = 0
    for (table,) in (told for told in tables if told != ("run_manifest",)):  # it names the run
        columns = "* exclude (published_run, as_of)" if table == "district_status" else "*"  # these too
        own = f"select {columns} from {table} where district_code = '{SOUND}'"
        before, after = published(quiet_month, own), published(hostile_month, own)
        assert before == after, table
        compared += len(before)
    assert compared > 500
