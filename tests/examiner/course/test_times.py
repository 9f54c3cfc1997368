"""Times are written and read in the course's own time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from traitlets.config import Config

from examiner.course import times
from examiner.errors import ExaminerError

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2026-07-01T18:00+02:00", datetime(2026, 7, 1, 16)),
        ("2026-07-01T18:00Z", datetime(2026, 7, 1, 18)),
        ("2026-07-01T18:00", datetime(2026, 7, 1, 16)),
        ("2026-12-01 18:00", datetime(2026, 12, 1, 17)),  # winter, whatever the season is now
        ("2026-07-01", datetime(2026, 7, 1, 21, 59, 59)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 1, 30)),  # stands twice
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30)),  # never was
    ],
)
def test_a_time_is_one_of_the_course(said, utc):
    assert times.moment(said, BERLIN) == utc


@pytest.mark.parametrize("said", ["tomorrow", "2026-13-01", "", "9999-12-31T23:00-12:00"])
def test_what_is_no_time_is_said(said):
    with pytest.raises(ExaminerError, match="is not a time"):
        times.moment(said, BERLIN)


def test_a_time_is_shown_with_its_zone():
    assert times.shown(datetime(2026, 7, 1, 16), BERLIN) == "2026-07-01 18:00 (Europe/Berlin)"
    assert times.shown(datetime(2026, 7, 1, 16), ZoneInfo("UTC")) == "2026-07-01 16:00 UTC"
    assert times.shown(None, BERLIN) == ""


def test_a_zone_that_nobody_knows_is_said():
    assert times.zone_of(Config()).key == "UTC"
    assert times.zone_of(Config({"NbGraderAPI": {"timezone": "Europe/Berlin"}})) == BERLIN
    for name in ("Mars/Crater", "../etc", "\0"):
        with pytest.raises(ExaminerError, match="is not a time zone"):
            times.zone_of(Config({"NbGraderAPI": {"timezone": name}}))
