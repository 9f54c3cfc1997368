"""`docs/formats.md` and `docs/architecture.md` name each key of a table and of a message, and each part."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from examiner.wire import messages

ROOT = Path(__file__).resolve().parents[1]
TABLES = sorted((ROOT / "source").glob("*/checks.json")) + sorted((ROOT / "source").glob("*/hidden.json"))
MESSAGES = (messages.Request, messages.Reply, messages.Event, messages.CallBack, messages.Answer)


def said_below(heading: str) -> set[str]:
    """Return the words that stand as code in a section of `formats.md`."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {word for code in re.findall(r"`([^`]+)`", section) for word in re.findall(r"\w+", code)}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_key_of_a_table_is_explained(path):
    table = json.loads(path.read_text(encoding="utf-8"))
    entries = [
        one for name in ("exercises", "quizzes", "checks", "misconceptions") for one in table.get(name, {}).values()
    ]
    entries += [table, table["generated"], *(one["second"] for one in table["checks"].values() if "second" in one)]
    assert {key for one in entries for key in one} <= said_below("`checks.json` and `hidden.json`")


def test_every_key_and_every_kind_of_a_message_is_explained():
    keys = {key for one in MESSAGES for key in one.__annotations__}
    keys |= {*get_args(messages.Task), *get_args(messages.EventKind)}
    assert keys <= said_below("The wire between the examiner and a student's process")


@pytest.mark.parametrize("package", ["backprop", "examiner"])
def test_every_folder_of_a_package_is_in_the_architecture(package):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert not [name for name in folders if f"{name}/" not in text]


def test_every_file_at_the_examiners_root_is_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    files = {path.name for path in (ROOT / "examiner").glob("*.py")} - {"__init__.py"}
    assert not [name for name in files if name not in text]
