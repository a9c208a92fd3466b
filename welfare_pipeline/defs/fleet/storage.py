"""The run history in PostgreSQL: how its connections are kept, and what of it is not asked or written one by one.

Dagster opens a connection for every event, some hundreds a district. Its storages can keep them open, and do so in the
web server only (`optimize_for_webserver`); where runs are executed, queued and launched it saves more.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dagster_postgres import DagsterPostgresStorage, PostgresRunStorage
from dagster_postgres.utils import pg_url_from_config
from sqlalchemy import Engine

from welfare_pipeline.defs.fleet.events import FleetEvents
from welfare_pipeline.defs.fleet.kept_open import look_before_use
from welfare_pipeline.defs.fleet.settled import settled
from welfare_pipeline.defs.history import keep_answers, leave_outputs_out, outputs_of_checks

KEPT_OPEN = "WELFARE_FLEET_KEEPS_CONNECTIONS"  # set by a worker for its pool, by the server for its processes
EXECUTES, LAUNCHES = "executes", "launches"  # what a process does that keeps them
_NO_LIMIT = 0  # of the time a statement may take
_AGE = 600  # seconds after which a connection is made anew
_ANY_NUMBER = -1  # of connections at once beside the one that is kept
_KEPT = dict[tuple[type, str], Engine]()


class FleetRunHistory(PostgresRunStorage):
    """Dagster's storage of runs in PostgreSQL."""

    def optimize_for_webserver(self, statement_timeout: int, pool_recycle: int, max_overflow: int) -> None:
        """Keep a connection open, and see that it still is one before it is used."""
        super().optimize_for_webserver(statement_timeout, pool_recycle, max_overflow)
        look_before_use(self._engine)

    def has_run_stats_index_cols(self) -> bool:
        """Whether the table of runs has their times."""
        return settled(self.postgres_url, "runs.times", super().has_run_stats_index_cols)

    def has_backfill_id_column(self) -> bool:
        """Whether the table of runs has their backfill."""
        return settled(self.postgres_url, "runs.backfill_id", super().has_backfill_id_column)


class FleetStorage(DagsterPostgresStorage):
    """Dagster's storage in PostgreSQL."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        """As Dagster's, with storages of runs and events of our own."""
        super().__init__(*words, **settings)
        own = {"postgres_url": self.postgres_url, "should_autocreate_tables": False}  # Dagster's have made them
        self._runs, self._events = FleetRunHistory(**own), FleetEvents(**own)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> "FleetStorage":  # noqa: ANN401
        """As Dagster makes it of its settings."""
        address, role = _with_driver(pg_url_from_config(config_value)), os.environ.get(KEPT_OPEN)
        # whoever submits a run has seen that the tables are there
        made = cls(postgres_url=address, should_autocreate_tables=role != EXECUTES, inst_data=inst_data)
        if role:
            made.keep_open()
        if role == EXECUTES:
            made.serve_a_run()
        return made

    @property
    def run_storage(self) -> FleetRunHistory:
        """The storage of runs."""
        return self._runs

    @property
    def event_log_storage(self) -> FleetEvents:
        """The storage of events."""
        return self._events

    def keep_open(self) -> None:
        """Keep a connection open: one for all storages of this kind that the process makes, one for each run."""
        for storage in (self.run_storage, self.event_log_storage):
            kind = type(storage), self.postgres_url
            if kind not in _KEPT:
                storage.optimize_for_webserver(_NO_LIMIT, _AGE, _ANY_NUMBER)
                _KEPT[kind] = storage._engine  # noqa: SLF001  there is no word for it
            storage._engine = _KEPT[kind]  # noqa: SLF001

    def serve_a_run(self) -> None:
        """Keep answers in mind and results together, as `welfare run` does: a worker makes a storage for each run."""
        for_good = ExitStack()
        keep_answers(for_good, self.event_log_storage)
        leave_outputs_out(for_good, self.event_log_storage, unused_outputs())
        self.event_log_storage.hold_results()


@cache
def unused_outputs() -> frozenset[str]:
    """The outputs that are not noted, found once a process."""
    from welfare_pipeline.defs.everything import definitions  # noqa: PLC0415  after the fork of a worker's pool

    return outputs_of_checks(definitions())


def _with_driver(address: str) -> str:
    """The address with the driver that dagster-postgres brings; without one, SQLAlchemy would look for another."""
    parts = urlsplit(address)
    return parts._replace(scheme="postgresql+psycopg2").geturl() if "+" not in parts.scheme else address
