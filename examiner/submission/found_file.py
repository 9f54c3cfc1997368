"""One file of a submission, and its bytes: no link is followed, and nothing is read beyond a limit."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from ..errors import NotRegular, Unreadable
from ..regular_files import opened

MB = 1_000_000
KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True)
class Found:
    """One file in a submission."""

    path: Path
    name: str  # within the submission, "data/numbers.csv"
    size: int
    modified: float
    held: bytes | Exception | None = None  # what is in it, or why it cannot be read, once that was looked at

    @property
    def depth(self) -> int:
        return self.name.count("/")

    def read(self, limit: int) -> bytes:
        """Return its bytes, at most `limit`; raises `Unreadable` or OSError."""
        if self.held is None:
            return read(self.path, limit)
        if isinstance(self.held, Exception):
            raise self.held
        return _within(self.held, limit)


def read(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes; raises `Unreadable` or OSError."""
    try:
        with opened(path) as (file, _):
            data = file.read(limit + 1)
    except NotRegular as odd:
        raise Unreadable(f"it is {KINDS[stat.S_IFMT(odd.mode)]}, not a file") from None
    return _within(data, limit)


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise Unreadable(f"it is larger than {limit / MB:g} MB")
    return data


def words_of(error: Exception) -> str:
    """Say why a file cannot be read."""
    if isinstance(error, OSError):
        return f"it cannot be opened ({error.strerror or type(error).__name__})"
    return str(error)
