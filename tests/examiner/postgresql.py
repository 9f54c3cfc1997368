"""A private PostgreSQL server from Debian's package, on a socket in a temporary folder, with databases for tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

ACCOUNT = "postgres"  # Debian's package makes it; the server refuses to run as root
OPTIONS = "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off -c max_connections=40"


def missing() -> str:
    """Return why there can be no server here, or ""."""
    if not _programs():
        return "PostgreSQL is not installed: sudo apt-get install postgresql"
    if os.getuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL does not run as root, and there is no runuser"
    return ""


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A running server, which makes databases."""

    def __init__(self, folder: Path):
        self.folder, self._number = folder, count(1)

    def url(self, name: str) -> str:
        return f"postgresql://{ACCOUNT}@/{name}?host={self.folder}"

    def database(self, like: str = "template1") -> str:
        """Return the name of a new database, a copy of another one that nobody uses."""
        name = f"gradebook{next(self._number)}"
        _run("createdb", "-h", str(self.folder), "-U", ACCOUNT, "-T", like, name)
        return name


@contextmanager
def running() -> Iterator[Server]:
    """Run a server while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path may have 107 characters
    if os.getuid() == 0:
        shutil.chown(folder, ACCOUNT)
    data = folder / "data"
    try:
        _run("initdb", "-D", str(data), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = OPTIONS.format(folder)
        _run("pg_ctl", "start", "-w", "-t", "120", "-D", str(data), "-l", str(folder / "log"), "-o", options)
        try:
            yield Server(folder)
        finally:
            _run("pg_ctl", "stop", "-m", "immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    programs = _programs()
    assert programs, missing()
    as_account = ["runuser", "-u", ACCOUNT, "--"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*as_account, str(programs / program), *arguments],
        cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=250,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
