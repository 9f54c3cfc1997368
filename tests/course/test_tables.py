"""The committed tables are what freezing gives, the visible one gives nothing away, and what is unsound is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
import synthetic
from classroom import COURSE

from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE
from examiner.errors import ExaminerError
from examiner.freezing.freeze import freeze
from examiner.freezing.source import Source
from examiner.freezing.table_files import as_text, stale, write

# ------------------------------------------------------------------------------------------------- what is committed


def test_the_committed_tables_are_written_as_freezing_writes_them(assignment):
    for name in (CHECKS_FILE, HIDDEN_FILE):
        text = (COURSE.source(assignment) / name).read_text(encoding="utf-8")
        assert text == as_text(json.loads(text)), f"{name} was edited by hand. Run: examiner freeze {assignment}"


@pytest.mark.slow
@pytest.mark.timeout(1200)  # a minute or two for each assignment, on a machine that does nothing else
def test_the_committed_tables_are_the_bytes_that_freezing_gives_now(assignment, committed, tmp_path):
    code = f"""
from pathlib import Path
from examiner.freezing.freeze import freeze
from examiner.freezing.source import Source
from examiner.freezing.table_files import write
write(Path({str(tmp_path)!r}), freeze(Source.read(Path({str(COURSE.notebook(assignment))!r}))))
"""
    other = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(COURSE.root), "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", code], check=True, env=other, cwd=tmp_path)
    written = [(tmp_path / name).read_text(encoding="utf-8") for name in (CHECKS_FILE, HIDDEN_FILE)]
    assert written == [as_text(table) for table in committed], f"Run: examiner freeze {assignment}"


def test_a_table_that_is_as_it_should_be_is_not_written_again(tmp_path, committed):
    assert write(tmp_path, committed) == [CHECKS_FILE, HIDDEN_FILE]
    assert write(tmp_path, committed) == []
    (tmp_path / HIDDEN_FILE).write_text("{}", encoding="utf-8")
    assert stale(tmp_path, committed) == [HIDDEN_FILE]
    assert write(tmp_path, committed) == [HIDDEN_FILE]


# ------------------------------------------------------------------------------------------ what students hold of it


def inputs_of(table: dict) -> list[dict]:
    """Return the entries of a table, those of second inputs among them."""
    entries = list(table["checks"].values())
    return entries + [entry["second"] for entry in entries if "second" in entry]


def leaks(visible: dict, hidden: dict) -> list[str]:
    """Return the keys of the hidden checks of which the visible table holds the inputs or the answer."""
    entries = inputs_of(visible)
    held = [entry[part] for entry in entries for part in ("given", "want")]
    held += [outcome.get("value") for entry in entries for outcome in entry["wrong"].values()]
    shared = visible["checks"].keys() & hidden["checks"].keys()
    for key, entry in hidden["checks"].items():
        secret = [entry[part] for part in ("given", "want") if entry[part] is not None]
        if any(value in held for value in secret):
            shared |= {key}
    return sorted(shared)


def test_the_visible_table_holds_no_input_and_no_answer_of_a_hidden_test(committed):
    assert leaks(*committed) == []


def test_the_hidden_table_holds_something_to_hide(committed):
    assert any(entry["want"] is not None for entry in committed[1]["checks"].values())


@pytest.mark.parametrize("part", ["given", "want"])
def test_a_leak_would_be_noticed(committed, part):
    visible, hidden = (json.loads(json.dumps(table)) for table in committed)
    key = next(key for key, entry in hidden["checks"].items() if entry[part] is not None)
    next(iter(visible["checks"].values()))["given"] = hidden["checks"][key][part]
    assert key in leaks(visible, hidden)


def solution_lines(source: Source) -> set[str]:
    """Return the lines that only a solution has, without the spaces around them."""
    region = re.compile(r"### BEGIN SOLUTION\n(.*?)### END", re.DOTALL)
    regions = [part for cell in source.cells for part in region.findall(cell.source)]
    return {line.strip() for region in regions for line in region.splitlines() if len(line.strip()) > 8}


def test_the_tables_hold_no_line_of_a_solution(source, committed):
    lines = solution_lines(source)
    assert lines
    assert [line for line in lines for table in committed if line in as_text(table)] == []


def test_the_visible_table_holds_no_misconception_that_only_hidden_tests_show(committed):
    visible, hidden = committed
    shown = {id for entry in inputs_of(visible) for id in entry["wrong"]}
    assert visible["misconceptions"].keys() == shown
    assert {id for entry in hidden["checks"].values() for id in entry["wrong"]} == hidden["misconceptions"].keys()


# -------------------------------------------------------------------------------------------- what freezing refuses


def frozen(folder, **parts) -> tuple[dict, dict]:
    return freeze(Source.read(synthetic.write(folder / "numbers", **parts)))


def test_a_sound_assignment_is_frozen(tmp_path):
    checks, hidden = frozen(tmp_path)
    assert checks["checks"]["1"]["want"] == 6.0
    assert checks["checks"]["1"]["call"] == "double(3.0)"
    assert checks["checks"]["1"]["wrong"] == {"half": {"value": 1.5}, "triple": {"value": 9.0}, "cube": {"value": 27.0}}
    assert hidden["checks"]["1.1"]["want"] == 10.0


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        pytest.param(
            {"mistakes": [("other-order", "2 * x", "x * 2")]},
            "'other-order' gives right values in every check of exercise 1",
            id="a misconception that changes nothing",
        ),
        pytest.param(
            {"mistakes": [("half", "3 * x", "x / 2")]},
            r"'half': '3 \* x' stands 0 times in the solution of exercise 1",
            id="an edit that does not fit",
        ),
        pytest.param(
            {"mistakes": [("renamed", "x", "y")]},
            "'renamed': 'x' stands 2 times in the solution of exercise 1",
            id="an edit that fits twice",
        ),
        pytest.param(
            {"mistakes": [("triple", "2 * x", "3 * x"), ("thrice", "2 * x", "x + x + x")]},
            "'triple' and 'thrice' give .* in every check",
            id="two misconceptions that are one",
        ),
        pytest.param(
            {"mistakes": [("square", "2 * x", "x * x"), ("triple", "2 * x", "3 * x")]},
            "'square' and 'triple' give .* in the visible check '1': choose inputs",
            id="two misconceptions that the visible check does not tell apart",
        ),
        pytest.param(
            {"solution": "def double(x):\n    raise NotImplementedError()"},
            "the solution fails check '1': NotImplementedError",
            id="an unfinished solution",
        ),
        pytest.param(
            {"solution": "raise NotImplementedError()"},
            "cell exercise-1: NotImplementedError",
            id="an unfinished solution that is no function",
        ),
        pytest.param(
            {"inputs": synthetic.INPUTS + '\nfreeze_inputs("1", 4.0)'},
            "the inputs of check '1' are frozen twice",
            id="inputs frozen twice",
        ),
        pytest.param(
            {"inputs": "pass"},
            r"given\('1'\) has no inputs: write freeze_inputs\('1', …\)",
            id="inputs forgotten",
        ),
        pytest.param(
            {"check": 'check("2", lambda: double(3))'},
            "check '2' needs a check cell and an \\[\\[exercise\\]\\] with key '2'",
            id="a check of an exercise without words",
        ),
        pytest.param(
            {"check": synthetic.CHECK + '\ncheck("1", lambda: double(4))'},
            "check '1' is handed two values in one run",
            id="a check with two values",
        ),
        pytest.param(
            {"check": 'check("1", lambda: double(given("1"))'},
            "cell check-1, line 1: .*never closed",
            id="a cell that is no Python",
        ),
        pytest.param(
            {"words": synthetic.EXERCISE + "at_least = 7\n"},
            "the solution fails check '1': at least 7 is needed, and 6 came out",
            id="a solution below its own bound",
        ),
        pytest.param(
            {"words": synthetic.EXERCISE + 'tilte = "Twice"\n'},
            r"\[\[exercise\]\] 1: 'tilte' has no meaning here. Do you mean 'title'\?",
            id="an unknown word of an exercise",
        ),
        pytest.param(
            {"mistakes": [], "words": synthetic.EXERCISE + synthetic.mistake(*synthetic.HALF) + 'hints = "no"\n'},
            r"\[\[misconception\]\] half: 'hints' has no meaning here. Do you mean 'hint'\?",
            id="an unknown word of a misconception",
        ),
        pytest.param(
            {"words": synthetic.EXERCISE.replace('hint = "Add it to itself."\n', "")},
            r"\[\[exercise\]\] 1: 'hint' is missing",
            id="an exercise without a hint",
        ),
        pytest.param(
            {"mistakes": [synthetic.HALF, synthetic.HALF]},
            r"two \[\[misconception\]\] have id = 'half'",
            id="two misconceptions of one name",
        ),
        pytest.param({"words": "[[exercise"}, r"misconceptions\.toml: ", id="words that are no TOML"),
    ],
)
def test_freezing_refuses_with_a_sentence(tmp_path, parts, words):
    with pytest.raises(ExaminerError, match=words):
        frozen(tmp_path, **parts)
