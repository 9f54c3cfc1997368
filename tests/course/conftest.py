"""Fixtures for the tests of the notebooks: each assignment is read and frozen once for all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that `classroom` is found however pytest is told to import

import classroom


@pytest.fixture(scope="session", params=classroom.ASSIGNMENTS)
def assignment(request) -> str:
    """The name of each assignment in turn."""
    return request.param


@pytest.fixture(scope="session")
def source(assignment):
    """The assignment as its instructor wrote it."""
    return classroom.source(assignment)


@pytest.fixture(scope="session")
def committed(assignment) -> tuple[dict, dict]:
    """The two tables as they are committed; that freezing gives them is a test of its own, which takes minutes."""
    return classroom.committed_tables(assignment)


@pytest.fixture(scope="session")
def tables(assignment):
    """The committed tables, the hidden one among them."""
    return classroom.tables(assignment)
