"""Read from `timestamp.txt` when a submission was handed in.

Accepted are ISO 8601 with an offset, "2026-07-01T12:00+02:00", what nbgrader writes, "2026-07-01 12:00:00.123456 UTC",
and the same with a zone by its place, "Europe/Berlin": other names and letters, like CET, GB or CEST, stand for
several, or mean another time than whoever wrote them thinks. A time without any zone is none either. Anything else,
and a time that cannot be, counts as no time: then the time of the file is taken, and that is said.

A student can give a file any time. Where that cannot be either, it is the time at which the file came to lie here.
"""

from __future__ import annotations

import json
import os
import re
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

TIMESTAMP = "timestamp.txt"
LONGEST = 200  # bytes
EARLIEST = datetime(2014, 1, 1, tzinfo=UTC)  # before there was nbgrader
CLOCKS_DIFFER = timedelta(days=1)
WITH_OFFSET = re.compile(r"([\dW-]+[T ][\d:]+(?:[.,]\d+)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)", re.ASCII)
WITH_PLACE = re.compile(r"([\d-]+[T ][\d:]+(?:[.,]\d+)?) ((\w+)/[\w/+-]+)", re.ASCII)
AREAS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}


def read(folder: Path, reader: Callable[[Path, int], bytes]) -> tuple[str, str]:
    """Return the time as nbgrader writes it, in UTC, and a note; "" for no file, and for nothing to note.

    `reader` returns the bytes of a file that may be hostile, or raises.
    """
    path = folder / TIMESTAMP
    if not os.path.lexists(path):
        return "", ""
    try:
        data = reader(path, LONGEST)
        said = data.decode(json.detect_encoding(data)).removeprefix("\ufeff").strip()
        return _text(_time(said)), ""
    except Exception:  # a folder, a link, no text, no time, a zone that nobody knows
        return _of_file(path)


def _time(said: str) -> datetime:
    """Return the time that is written; raises `ValueError` or `KeyError` where it is none that can be."""
    if found := WITH_OFFSET.fullmatch(said):
        time, offset = found.groups()
        return possible(datetime.fromisoformat(time + offset.replace("UTC", "Z")))
    if (found := WITH_PLACE.fullmatch(said)) and found[3] in AREAS:
        return possible(datetime.fromisoformat(found[1]).replace(tzinfo=zoneinfo.ZoneInfo(found[2])))
    raise ValueError(said)


def possible(time: datetime) -> datetime:
    """Return a time in UTC; raises `ValueError` where nothing can have been handed in then."""
    try:
        time = time.astimezone(UTC)
    except OverflowError:  # at the ends of the calendar
        raise ValueError(time) from None
    if not EARLIEST <= time <= datetime.now(UTC) + CLOCKS_DIFFER:
        raise ValueError(time)
    return time


def too_early(stamp: str, released: datetime | None) -> str:
    """Return what to note of a time, as `read` returns it, that lies before the assignment was `released`; or ""."""
    if not stamp or released is None or (time := _time(stamp)) >= released.replace(tzinfo=UTC):
        return ""
    return (
        f"It counts as handed in {time:%Y-%m-%d %H:%M} UTC, before the assignment was first released "
        f"({released:%Y-%m-%d %H:%M} UTC): that cannot be."
    )


def _of_file(path: Path) -> tuple[str, str]:
    try:
        known = path.lstat()
    except OSError:
        known = None
    for seconds, whose in (
        (
            (known.st_mtime, "the time of the file is taken"),
            (known.st_ctime, "neither does its file, and the time at which it came here is taken"),
        )
        if known
        else ()
    ):
        try:
            time = possible(datetime.fromtimestamp(seconds, UTC))
        except (OSError, ValueError, OverflowError):
            continue
        shown = f"{time:%Y-%m-%d %H:%M} UTC"
        return _text(time), f"{TIMESTAMP} holds no time that can be relied on: {whose}, {shown}."
    return "", f"{TIMESTAMP} holds no time: the submission counts as handed in on time."


def _text(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S.%f} UTC"
