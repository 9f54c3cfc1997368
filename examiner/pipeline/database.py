"""How the gradebook's file is opened: by several programs at once, each of which waits for the others."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event

WAIT = 60.0  # seconds for a database that another program holds


def use() -> None:
    """Have every SQLite gradebook of this process wait, and read while another writes; the configuration calls this."""
    if not event.contains(Engine, "connect", _prepare):
        event.listen(Engine, "connect", _prepare)


def _prepare(connection, record) -> None:
    """Set up a new connection; a database of another kind than SQLite has its own ways."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * WAIT)}")
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file; no file in memory has it
