"""The run history in PostgreSQL, whose connections stay open in a worker's pool.

Dagster opens a connection for every event, some hundreds a district. Its storages can keep them open, and do so in the
web server only (`optimize_for_webserver`); where a district is run it saves more.
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.utils import pg_url_from_config

KEPT_OPEN = "WELFARE_FLEET_KEEPS_CONNECTIONS"  # set by a worker for its pool
_NO_LIMIT = 0  # of the time a statement may take
_AGE = 600  # seconds after which a connection is made anew
_MORE = 4  # connections at once beside the one that is kept


class FleetStorage(DagsterPostgresStorage):
    """Dagster's storage in PostgreSQL."""

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> "FleetStorage":  # noqa: ANN401
        """As Dagster makes it of its settings."""
        made = cls(postgres_url=_with_driver(pg_url_from_config(config_value)), inst_data=inst_data)
        if os.environ.get(KEPT_OPEN):
            for storage in (made.run_storage, made.event_log_storage):
                storage.optimize_for_webserver(_NO_LIMIT, _AGE, _MORE)
        return made


def _with_driver(address: str) -> str:
    """The address with the driver that dagster-postgres brings; without one, SQLAlchemy would look for another."""
    parts = urlsplit(address)
    return parts._replace(scheme="postgresql+psycopg2").geturl() if "+" not in parts.scheme else address
