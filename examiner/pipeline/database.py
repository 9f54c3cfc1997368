"""How the gradebook is opened, in SQLite or PostgreSQL: by several programs at once, each of which waits for others."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

WAIT = 60.0  # seconds for a database that another program holds


def use() -> None:
    """Have every gradebook of this process wait for others, and read while they write; the configuration calls this."""
    if not event.contains(Engine, "connect", _prepare):
        event.listen(Engine, "connect", _prepare)


def _prepare(connection, record) -> None:
    """Set up a new connection; PostgreSQL reads while others write by itself, and would wait for ever."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * WAIT)}")
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file; no file in memory has it
    elif type(connection).__module__.startswith("psycopg"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {int(1000 * WAIT)}")
        connection.commit()


def is_locked(error: OperationalError) -> bool:
    """Tell whether a query failed because another program holds what it needs."""
    return "locked" in str(error.orig) or "lock timeout" in str(error.orig)
