"""Fixtures for the tests of the examiner."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Helpers of these tests; some tests draw their inputs as those of the wire and of submissions do.
sys.path[:0] = [
    str(path)
    for path in (HERE, HERE.parent / "course", HERE / "wire", HERE / "submission", HERE / "lms", HERE / "packed")
]

import postgresql  # noqa: E402
import tinycourse  # noqa: E402
from tinycourse import TinyCourse  # noqa: E402

from examiner.runner.forkserver import ForkServer  # noqa: E402
from examiner.sandbox import launch  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def gradebooks():
    """Let the gradebooks of these tests be in a PostgreSQL, where GRADEBOOKS says so."""
    if os.environ.get("GRADEBOOKS") != "postgresql":
        yield
        return
    with postgresql.running() as server:
        tinycourse.SERVER.append(server)
        yield
        tinycourse.SERVER.clear()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, course_root) -> TinyCourse:
    """A released course of one exercise, `double`."""
    return TinyCourse.make(tmp_path_factory.mktemp("tiny") / "course", course_root / "nbgrader_config.py")


@pytest.fixture(scope="session")
def forkserver():
    """A sandbox with the usual limits; tests that end students' processes leave it as it is."""
    if lack := launch.missing():
        pytest.skip(lack)
    with ForkServer() as forkserver:
        yield forkserver


@pytest.fixture
def student_process(forkserver, tmp_path):
    """A student's process, with nothing in its folder."""
    with forkserver.student_process(tmp_path) as student_process:
        yield student_process
