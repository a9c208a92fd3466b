"""The run history in PostgreSQL, whose connections stay open in a worker's pool.

Dagster opens a connection for every event, some hundreds a district. Its storages can keep them open, and do so in the
web server only (`optimize_for_webserver`); where a district is run it saves more.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.utils import pg_url_from_config

from welfare_pipeline.defs.history import keep_answers, leave_outputs_out, outputs_of_checks

KEPT_OPEN = "WELFARE_FLEET_KEEPS_CONNECTIONS"  # set by a worker for its pool
_NO_LIMIT = 0  # of the time a statement may take
_AGE = 600  # seconds after which a connection is made anew
_MORE = 4  # connections at once beside the one that is kept


class FleetStorage(DagsterPostgresStorage):
    """Dagster's storage in PostgreSQL."""

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> "FleetStorage":  # noqa: ANN401
        """As Dagster makes it of its settings."""
        address, is_worker = _with_driver(pg_url_from_config(config_value)), bool(os.environ.get(KEPT_OPEN))
        # whoever submits a run has seen that the tables are there
        made = cls(postgres_url=address, should_autocreate_tables=not is_worker, inst_data=inst_data)
        if is_worker:
            made.serve_a_run()
        return made

    def serve_a_run(self) -> None:
        """Keep connections open and answers in mind, as `welfare run` does: a worker makes a storage for each run."""
        for storage in (self.run_storage, self.event_log_storage):
            storage.optimize_for_webserver(_NO_LIMIT, _AGE, _MORE)
        for_good = ExitStack()
        keep_answers(for_good, self.event_log_storage)
        leave_outputs_out(for_good, self.event_log_storage, unused_outputs())


@cache
def unused_outputs() -> frozenset[str]:
    """The outputs that are not noted, found once a process."""
    from welfare_pipeline.defs.everything import definitions  # noqa: PLC0415  after the fork of a worker's pool

    return outputs_of_checks(definitions())


def _with_driver(address: str) -> str:
    """The address with the driver that dagster-postgres brings; without one, SQLAlchemy would look for another."""
    parts = urlsplit(address)
    return parts._replace(scheme="postgresql+psycopg2").geturl() if "+" not in parts.scheme else address
