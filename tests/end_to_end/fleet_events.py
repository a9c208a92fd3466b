"""A run that makes events of every kind that a fleet writes together, and what the run history then says of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg2

PERIOD = "2021-11"
MONTHS = dg.StaticPartitionsDefinition([PERIOD])
BY_DAGSTER = "storage:\n  postgres:\n    postgres_url: {address}\n"
BY_THE_FLEET = """
storage:
  custom:
    module: welfare_pipeline.defs.fleet.storage
    class: FleetStorage
    config:
      postgres_url: {address}
"""
NOTED = {  # in place of the numbers of rows: what they stand for
    "events": "select dagster_event_type, step_key, asset_key, partition from event_logs order by id",
    "assets": """
        select distinct on (asset_keys.asset_key) asset_keys.asset_key, dagster_event_type, last_run_id = run_id,
            last_materialization_timestamp - timestamp,
            (cast(last_materialization as json) ->> 'storage_id') = cast(event_logs.id as text)
        from asset_keys join event_logs on event_logs.asset_key = asset_keys.asset_key
        order by asset_keys.asset_key, event_logs.id desc""",
    "tags": """
        select tags.asset_key, tags.key, dagster_event_type, event_timestamp = timestamp
        from asset_event_tags as tags join event_logs on event_logs.id = event_id order by tags.asset_key, tags.key""",
    "checks": """
        select checks.asset_key, check_name, checks.partition, execution_status, told.dagster_event_type,
            evaluation_event = told.event, evaluation_event_timestamp = told.timestamp, checks.run_id = told.run_id,
            made.dagster_event_type, made.asset_key
        from asset_check_executions as checks join event_logs as told on told.id = evaluation_event_storage_id
            left join event_logs as made on made.id = materialization_event_storage_id
        order by checks.asset_key""",
}


@dg.asset(partitions_def=MONTHS)
def registry() -> None:
    """Siti is in it twice."""


@dg.multi_asset(
    specs=[dg.AssetSpec(name, deps=["registry"], partitions_def=MONTHS) for name in ("people", "links")],
    check_specs=[dg.AssetCheckSpec("unique", asset=name) for name in ("people", "links")],
)
def link() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """One check finds her, one finds nobody."""
    yield dg.MaterializeResult("people")
    yield dg.AssetCheckResult(asset_key="people", check_name="unique", passed=False, metadata={"twice": 1})
    yield dg.MaterializeResult("links")
    yield dg.AssetCheckResult(asset_key="links", check_name="unique", passed=True)


@dg.multi_asset(
    specs=[dg.AssetSpec("decisions", deps=["links"], partitions_def=MONTHS)],
    check_specs=[dg.AssetCheckSpec("complete", asset="decisions")],
)
def decide() -> Iterator[dg.MaterializeResult[None]]:
    """Nothing is decided, and nothing checked."""
    yield from ()
    message = "no rule applies"
    raise dg.Failure(message)


def noted(
    home: Path, settings: str, server: str, database: str, executing: Callable[[], None]
) -> dict[str, list[tuple[Any, ...]]]:
    """What the run history in a new database of the server says of a run, by subject; `executing` is called before."""
    address = f"{server.rpartition('/')[0]}/{database}"
    made = psycopg2.connect(server)
    made.autocommit = True
    made.cursor().execute(f"create database {database}")
    made.close()
    home.mkdir()
    (home / "dagster.yaml").write_text(settings.format(address=address.replace("://", "+psycopg2://")), "utf-8")
    with dg.DagsterInstance.from_config(str(home)):
        pass  # the tables are made
    executing()
    with dg.DagsterInstance.from_config(str(home)) as instance:
        run = dg.materialize([registry, link, decide], instance=instance, partition_key=PERIOD, raise_on_error=False)
        assert not run.success
    con = psycopg2.connect(address)
    with con, con.cursor() as cursor:
        told = {subject: _rows(cursor, query) for subject, query in NOTED.items()}
    con.close()
    return told


def _rows(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
