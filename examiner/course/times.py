"""Times as people write and read them: in the course's own time zone. The gradebook keeps them in UTC, without a zone.

The zone is nbgrader's setting `c.NbGraderAPI.timezone`, by which Formgrader goes too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from traitlets.config import Config

from ..errors import ExaminerError

DAY = len("2026-07-01")


def zone_of(config: Config) -> ZoneInfo:
    """Return the time zone of a course; raises `ExaminerError` where nobody knows it."""
    name = config.NbGraderAPI.get("timezone", "") or "UTC"
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ExaminerError(
            f"{name} is not a time zone. In nbgrader_config.py write one like: c.NbGraderAPI.timezone = 'Europe/Berlin'"
        ) from None


def moment(said: str, zone: ZoneInfo) -> datetime:
    """Return a time as the gradebook keeps it; without an offset it is one in `zone`, a day alone means its end.

    Where clocks are turned, an hour stands twice or not at all: then the later time counts. Raises `ExaminerError`
    where it is no time.
    """
    try:
        found = datetime.fromisoformat(said)
        if len(said) == DAY:
            found = found.replace(hour=23, minute=59, second=59)
        if found.tzinfo is not None:
            return found.astimezone(UTC).replace(tzinfo=None)
        either = (found.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        return max(time.astimezone(UTC).replace(tzinfo=None) for time in either)
    except (ValueError, OverflowError):
        raise ExaminerError(f"{said} is not a time. Write it like 2026-07-01T18:00 or 2026-07-01T18:00+02:00") from None


def shown(time: datetime | None, zone: ZoneInfo) -> str:
    """Return a time from the gradebook in words, "" for none."""
    if time is None:
        return ""
    there = time.replace(tzinfo=UTC).astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M} {zone.key if zone.key == 'UTC' else f'({zone.key})'}"
