"""Connections that are kept open, and what becomes of them when the database was started again meanwhile."""

import psycopg2
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError


def look_before_use(engine: Engine) -> None:
    """Let the engine see whether a kept connection still is one before it is used, and make another one if not.

    Else the first statement of every process after a restart of the database fails, and a run with it.
    """
    event.listen(engine, "checkout", _look)


def _look(connection: psycopg2.extensions.connection, _record: object, _proxy: object) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except psycopg2.Error:
        raise DisconnectionError from None
