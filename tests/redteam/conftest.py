"""The examiner against all attacks, once for all tests of this folder."""

from __future__ import annotations

import os
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


# One attack of each kind of wall that is another for a user without rights.
AS_PLAIN_USER = {
    "disk_bomb", "fork_bomb", "home_directory", "hidden_table", "inotify", "kill_everyone", "memory_of_many",
    "old_root", "process_memory", "source_rewritten", "symlink_to_source", "tcp", "user_namespace",
}  # fmt: skip


@pytest.fixture(scope="session")
def battle_as_plain_user(tmp_path_factory):
    """What came of some attacks where a user without rights grades, who is made for it."""
    if os.getuid() != 0:
        pytest.skip("not run by root: all attacks were met by a plain user")
    arena = fight.Arena.make(tmp_path_factory.mktemp("plain") / "examiner", "examiner", as_plain_user=True)
    some = [one for one in attack.every_attack() if one.name in AS_PLAIN_USER]
    return fight.together(arena, tmp_path_factory.mktemp("plain-battle") / "class", some, 400, ())


@pytest.fixture(scope="session")
def battle(arena, tmp_path_factory):
    """What came of all attacks, graded as one class: (outcome by name, what happened around them)."""
    read = IN_BROWSER if boxes.chromium() else ()  # as all tests in a browser, left out where there is none
    return fight.together(arena, tmp_path_factory.mktemp("battle") / "class", attack.every_attack(), 800, read)
