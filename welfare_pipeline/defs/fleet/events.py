"""The events of a fleet's runs in PostgreSQL, written together where they come together.

Dagster writes each by itself, with up to five statements, though a run intends some hundred and forty things at once
and a step ends with as many results: of a small district that is a third of the cost. The rows are those that Dagster
would write.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from threading import RLock
from typing import Any

import dagster as dg
from dagster_postgres import PostgresEventLogStorage
from dagster_shared.serdes import serialize_value
from sqlalchemy import Connection, text

from welfare_pipeline.defs.fleet.kept_open import look_before_use
from welfare_pipeline.defs.fleet.settled import settled

PLANNED, CHECK_PLANNED = (
    dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
)
MATERIALIZED, CHECKED = dg.DagsterEventType.ASSET_MATERIALIZATION, dg.DagsterEventType.ASSET_CHECK_EVALUATION
INTENDED = frozenset({PLANNED, CHECK_PLANNED})  # by a run
MADE = frozenset({dg.DagsterEventType.STEP_OUTPUT, MATERIALIZED, CHECKED})  # by a step, told at its end
MOST_HELD = 500
Columns = dict[str, list[Any]]

_NOTE = """
insert into event_logs (run_id, event, dagster_event_type, timestamp, step_key, asset_key, partition)
select run_id, event, kind, cast(told_at as timestamp), step, asset, partition
from unnest(
    cast(:run_id as text[]), cast(:event as text[]), cast(:kind as text[]), cast(:told_at as text[]),
    cast(:step as text[]), cast(:asset as text[]), cast(:partition as text[])
) with ordinality as told (run_id, event, kind, told_at, step, asset, partition, place)
order by place
returning id
"""
_ASSETS_PLANNED = """
insert into asset_keys (asset_key, last_run_id, last_materialization_timestamp)
select asset, run_id, cast(told_at as timestamptz)
from unnest(cast(:asset as text[]), cast(:run_id as text[]), cast(:told_at as text[])) as told (asset, run_id, told_at)
order by asset
on conflict (asset_key) do update set
    last_run_id = excluded.last_run_id, last_materialization_timestamp = excluded.last_materialization_timestamp
"""
_CHECKS_PLANNED = """
insert into asset_check_executions (
    asset_key, check_name, partition, run_id, execution_status,
    evaluation_event, evaluation_event_timestamp, evaluation_event_storage_id
)
select asset, name, partition, run_id, 'PLANNED', event, cast(told_at as timestamp), id
from unnest(
    cast(:asset as text[]), cast(:name as text[]), cast(:partition as text[]), cast(:run_id as text[]),
    cast(:event as text[]), cast(:told_at as text[]), cast(:id as bigint[])
) as told (asset, name, partition, run_id, event, told_at, id)
"""
_MATERIALIZED = """
insert into asset_keys (asset_key, last_materialization, last_run_id, last_materialization_timestamp)
select asset, record, run_id, cast(told_at as timestamptz)
from unnest(
    cast(:asset as text[]), cast(:record as text[]), cast(:run_id as text[]), cast(:told_at as text[])
) as told (asset, record, run_id, told_at)
order by asset
on conflict (asset_key) do update set
    last_materialization = excluded.last_materialization, last_run_id = excluded.last_run_id,
    last_materialization_timestamp = excluded.last_materialization_timestamp
"""
_CHECKED = """
update asset_check_executions as planned set
    execution_status = status, evaluation_event = event, evaluation_event_timestamp = cast(told_at as timestamp),
    evaluation_event_storage_id = told.id, materialization_event_storage_id = materialization
from unnest(
    cast(:asset as text[]), cast(:name as text[]), cast(:partition as text[]), cast(:run_id as text[]),
    cast(:status as text[]), cast(:event as text[]), cast(:told_at as text[]), cast(:id as bigint[]),
    cast(:materialization as bigint[])
) as told (asset, name, of_partition, of_run, status, event, told_at, id, materialization)
where planned.asset_key = asset and planned.check_name = name and planned.run_id = of_run
and planned.partition is not distinct from of_partition
returning told.id
"""


class FleetEvents(PostgresEventLogStorage):
    """Dagster's storage of events in PostgreSQL."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        """Each event is written when it comes, until `hold_results` is called."""
        self._holds, self._held, self._turn = False, list[Any](), RLock()
        super().__init__(*words, **settings)

    def optimize_for_webserver(self, statement_timeout: int, pool_recycle: int, max_overflow: int) -> None:
        """Keep a connection open, and see that it still is one before it is used."""
        super().optimize_for_webserver(statement_timeout, pool_recycle, max_overflow)
        look_before_use(self._engine)

    def hold_results(self) -> None:
        """Hold what a step has made until anything else happens, or is asked for: where a run is executed."""
        self._holds = True

    def store_event(self, event: Any) -> None:  # noqa: ANN401  Dagster's class for it is private
        """Write the event, or hold it."""
        if not (self._holds and _kind(event) in MADE):
            self._write_held()
            super().store_event(event)
            return
        with self._turn:  # a run has a thread of its own that looks whether it is cancelled
            self._held.append(event)
            if len(self._held) >= MOST_HELD:
                self._write_held()

    def store_event_batch(self, events: Sequence[Any]) -> None:
        """Write the events; those that a run intends with one statement a table."""
        self._write_held()
        if {_kind(event) for event in events} <= INTENDED:
            self._write_intended(events)
        else:
            super().store_event_batch(events)

    def run_connection(self, run_id: str | None = None) -> AbstractContextManager[Connection]:
        """A connection that finds what has been made."""
        self._write_made_before()
        return super().run_connection(run_id)  # type: ignore[no-any-return]

    def index_connection(self) -> AbstractContextManager[Connection]:
        """A connection that finds what has been made."""
        self._write_made_before()
        return super().index_connection()  # type: ignore[no-any-return]

    def dispose(self) -> None:
        """End what watches; nothing is held any more."""
        self._write_held()
        super().dispose()

    def has_table(self, table_name: str) -> bool:
        """Whether there is this table of Dagster's."""
        return settled(self.postgres_url, table_name, lambda: super(FleetEvents, self).has_table(table_name))

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether Dagster's table of assets has this column."""
        question = f"asset_keys.{column_name}"
        return settled(self.postgres_url, question, lambda: super(FleetEvents, self).has_asset_key_col(column_name))

    def _write_made_before(self) -> None:
        """Before anything is asked: each check asks which materialisation it looks at; nobody asks for its results."""
        if any(_kind(event) is MATERIALIZED for event in self._held):
            self._write_held()

    def _write_held(self) -> None:
        if not self._held:
            return
        with self._turn:
            events, self._held = self._held, []
            if events:
                self._write_made(events)

    def _write_intended(self, events: Sequence[Any]) -> None:
        with self.index_transaction() as con:
            rows = _noted(con, events)
            assets = {row["asset"]: row for row in rows if row["kind"] == PLANNED.value}
            if assets:
                con.execute(text(_ASSETS_PLANNED), _columns(assets.values(), "asset", "run_id", "told_at"))
            checks = [
                row | {"asset": told.asset_key.to_string(), "name": told.check_name, "partition": partition}
                for row, event in zip(rows, events, strict=True)
                if row["kind"] == CHECK_PLANNED.value
                for told in [event.dagster_event.event_specific_data]
                for partition in (told.partitions_subset.get_partition_keys() if told.partitions_subset else [None])
            ]
            if checks:
                wanted = "asset", "name", "partition", "run_id", "event", "told_at", "id"
                con.execute(text(_CHECKS_PLANNED), _columns(checks, *wanted))

    def _write_made(self, events: Sequence[Any]) -> None:
        with self.index_transaction() as con:
            rows = _noted(con, events)
            of_assets = [told for told in zip(rows, events, strict=True) if _kind(told[1]) is MATERIALIZED]
            newest = {row["asset"]: row | {"record": _record(row, event)} for row, event in of_assets}
            if newest:
                con.execute(text(_MATERIALIZED), _columns(newest.values(), "asset", "record", "run_id", "told_at"))
            checks = [_checked(row, event) for row, event in zip(rows, events, strict=True) if _kind(event) is CHECKED]
            wanted = "asset", "name", "partition", "run_id", "status", "event", "told_at", "id", "materialization"
            found = con.execute(text(_CHECKED), _columns(checks, *wanted)).scalars().all() if checks else []
        if of_assets:
            self.store_asset_event_tags([event for _, event in of_assets], [row["id"] for row, _ in of_assets])
        for row, event in zip(rows, events, strict=True):
            if _kind(event) is CHECKED and row["id"] not in found:  # nobody had intended it
                self.store_asset_check_event(event, row["id"])


def _kind(event: Any) -> dg.DagsterEventType | None:  # noqa: ANN401  Dagster's class for it is private
    return event.dagster_event.event_type if event.dagster_event else None


def _noted(con: Connection, events: Sequence[Any]) -> list[dict[str, Any]]:
    """Write the events in their order; returns the row of each, with its number."""
    rows = [_row(event) for event in events]
    wanted = "run_id", "event", "kind", "told_at", "step", "asset", "partition"
    numbers = con.execute(text(_NOTE), _columns(rows, *wanted)).scalars().all()
    return [row | {"id": number} for row, number in zip(rows, sorted(numbers), strict=True)]


def _row(event: Any) -> dict[str, Any]:  # noqa: ANN401  Dagster's class for it is private
    told = event.dagster_event
    return {
        "run_id": event.run_id,
        "event": serialize_value(event),
        "kind": told.event_type_value,
        "told_at": datetime.fromtimestamp(event.timestamp, UTC).isoformat(),
        "step": told.step_key,
        "asset": told.asset_key.to_string() if told.asset_key else None,
        "partition": str(told.partition) if told.partition else None,
    }


def _record(row: dict[str, Any], event: Any) -> str:  # noqa: ANN401  Dagster's class for it is private
    return serialize_value(dg.EventLogRecord(storage_id=row["id"], event_log_entry=event))


def _checked(row: dict[str, Any], event: Any) -> dict[str, Any]:  # noqa: ANN401  Dagster's class for it is private
    told: dg.AssetCheckEvaluation = event.dagster_event.event_specific_data
    target = told.target_materialization_data
    return row | {
        "asset": told.asset_key.to_string(),
        "name": told.check_name,
        "partition": str(told.partition) if told.partition else None,
        "status": "SUCCEEDED" if told.passed else "FAILED",
        "materialization": target.storage_id if target else None,
    }


def _columns(rows: Iterable[dict[str, Any]], *names: str) -> Columns:
    """The values of these names, each as one list."""
    kept = list(rows)
    return {name: [row[name] for row in kept] for name in names}
