"""The examiner against all attacks, once for all tests of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the modules of the red team

import attack
import boxes
import fight


@pytest.fixture(scope="session")
def arena(tmp_path_factory) -> fight.Arena:
    """A course for the examiner, in which honest notebooks get what they should."""
    if lack := boxes.missing():
        pytest.fail(lack)
    return fight.Arena.make(tmp_path_factory.mktemp("arena") / "examiner", "examiner")


# Whose pages the gate reads in a browser, one of each way in; `make redteam` reads those of all that aim at acting.
IN_BROWSER = {"class_overlay", "course_of_its_own", "elements_that_load", "metadata_width", "script_in_student"}


@pytest.fixture(scope="session")
def battle(arena, tmp_path_factory):
    """What came of all attacks, graded as one class: (outcome by name, what happened around them)."""
    read = IN_BROWSER if boxes.chromium() else ()  # as all tests in a browser, left out where there is none
    return fight.together(arena, tmp_path_factory.mktemp("battle") / "class", attack.every_attack(), 800, read)
