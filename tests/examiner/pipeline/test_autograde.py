"""The three ways to grade take in whatever was handed in, and none of it stops the batch."""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbgrader.apps.api
import pytest
from nbgrader.converters import Autograde
from nbgrader.utils import parse_utc
from test_intake import contents
from tinycourse import RIGHT, cell_of

from examiner import cli
from examiner.commands import report
from examiner.commands.nbgrader_api import api_of, gradebook_of
from examiner.pipeline import first_release
from examiner.submission import clean_copy, notes

pytestmark = pytest.mark.slow
STAMP = "2026-01-02 03:04:05 UTC"


def unmark(nb):
    for cell in nb.cells:
        cell.metadata.clear()
        cell["id"] = f"x-{cell['id']}"


def old_format(nb):
    cells = [
        {"cell_type": "code", "input": cell.source, "metadata": cell.metadata, "outputs": []}
        for cell in nb.cells
        if cell.cell_type == "code"
    ]
    nb.clear()
    nb.update(nbformat=3, nbformat_minor=0, metadata={}, worksheets=[{"cells": cells}])


def hand_in(tiny) -> dict[str, float]:
    """Hand in one odd submission after the other, and return the score that each deserves, by student."""

    def folder(student) -> Path:
        made = tiny.root / "submitted" / student / "numbers"
        made.mkdir(parents=True)
        return made

    tiny.submit("right")
    tiny.submit("renamed", name="Copy of numbers (1).ipynb")
    tiny.submit("shouted", name="NUMBERS.IPYNB")
    tiny.submit("unmarked", change=unmark)
    tiny.submit("old format", change=old_format)
    tiny.submit("we[ird] n*me", change=lambda nb: nb.cells.reverse())
    tiny.submit("utf-16")
    path = tiny.root / "submitted" / "utf-16" / "numbers" / "numbers.ipynb"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    tiny.submit("stamped")
    (path.parents[2] / "stamped" / "numbers" / "timestamp.txt").write_text(STAMP)
    tiny.submit("odd stamp")
    (path.parents[2] / "odd stamp" / "numbers" / "timestamp.txt").write_bytes(b"\xffyesterday")
    tiny.submit("in the way")
    (path.parents[2] / "in the way" / "numbers" / "checks.json").mkdir()
    everything = {path.name: 100.0 for path in (tiny.root / "submitted").iterdir()}
    (folder("broken") / "numbers.ipynb").write_text("{ this is no JSON")
    (folder("copied") / "numbers.ipynb").symlink_to(tiny.root / "submitted" / "right" / "numbers" / "numbers.ipynb")
    (folder("linked").parent / "numbers").rmdir()
    (folder("linked2").parent / "numbers").rmdir()
    (tiny.root / "submitted" / "linked" / "numbers").symlink_to("../right/numbers")
    (tiny.root / "submitted" / "linked2" / "numbers").symlink_to("gone")
    os.mkfifo(folder("piped") / "numbers.ipynb")
    folder("empty")
    return everything | dict.fromkeys(["broken", "copied", "linked", "linked2", "piped", "empty"], 0.0)


@pytest.fixture(scope="module")
def deserved(tiny):
    return hand_in(tiny)


def with_examiner(tiny, deserved):
    assert cli.main(["--course", str(tiny.root), "grade", "numbers"]) == 0


def with_nbgrader(tiny, deserved):
    subprocess.run([sys.executable, "-m", "nbgrader", "autograde", "numbers"], cwd=tiny.root, check=True)


def with_formgraders_button(tiny, deserved):
    for student in deserved:
        result = api_of(tiny).autograde("numbers", student)
        assert result["success"], result


def grade_one(tiny, deserved):
    tiny.grade(*deserved)


def scores(tiny) -> dict[str, float]:
    return {result.student: result.score for result in report.results(tiny, "numbers")}


def forget(tiny) -> None:
    with gradebook_of(tiny) as gradebook:
        for submission in list(gradebook.find_assignment("numbers").submissions):
            gradebook.remove_submission("numbers", submission.student.id)
    for path in sorted((tiny.root / "autograded").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("way", [with_examiner, with_nbgrader, with_formgraders_button])
def test_everyone_ends_with_the_score_that_they_deserve_and_no_file_is_changed(tiny, deserved, way):
    forget(tiny)
    before = contents(tiny.root / "submitted")
    way(tiny, deserved)
    assert scores(tiny) == deserved
    assert contents(tiny.root / "submitted") == before


def test_formgrader_lists_a_class_with_an_odd_time_among_the_others(tiny, deserved):
    api = api_of(tiny)
    with_formgraders_button(tiny, ["stamped", "odd stamp"])
    listed = {submission["student"]: submission for submission in api.get_submissions("numbers")}
    assert set(listed) >= set(deserved)
    assert listed["stamped"]["timestamp"].startswith("2026-01-02T03:04:05")
    assert listed["odd stamp"]["autograded"]


@pytest.mark.parametrize("way", [with_formgraders_button, grade_one])
def test_a_time_before_the_assignment_was_released_counts_and_is_noted(tiny, deserved, way):
    with gradebook_of(tiny) as gradebook:
        assert parse_utc(STAMP) < first_release.read(gradebook, "numbers")
    way(tiny, ["stamped", "right"])
    said = {who: [note.text for note in notes.of(tiny.graded(who))] for who in ("stamped", "right")}
    assert said["stamped"][0].startswith("It counts as handed in 2026-01-02 03:04 UTC, before the assignment was first")
    assert said["right"] == []


def test_what_was_repaired_is_told_in_the_report_and_to_the_student(tiny, deserved, capsys):
    with_formgraders_button(tiny, ["renamed", "piped"])
    capsys.readouterr()
    assert cli.main(["--course", str(tiny.root), "report", "numbers"]) == 0
    said = capsys.readouterr().out
    assert "Copy of numbers (1).ipynb is taken for numbers.ipynb." in said
    assert (
        "Nothing could be graded: numbers.ipynb was not handed in; files that were left out, since each is a pipe"
        in said
    )
    with gradebook_of(tiny) as gradebook:
        comments = {
            student: gradebook.find_comment("exercise-1", "numbers", "numbers", student).comment
            for student in ("renamed", "piped")
        }
    assert comments["renamed"] == "Copy of numbers (1).ipynb is taken for numbers.ipynb."
    assert "each is a pipe" in comments["piped"]


def test_points_and_tests_come_from_the_gradebook_and_never_from_the_file(tiny):
    def cheat(nb):
        for name in ("check-1", "hidden-1"):
            cell_of(nb, name).metadata["nbgrader"] |= {"points": 1e9, "solution": True, "locked": False}
            cell_of(nb, name).source = "pass"
        nb.metadata["examiner"] = {"notes": [], "graded": True}

    tiny.submit("cheat", answer="def double(x):\n    return 0", change=cheat)
    with_formgraders_button(tiny, ["cheat"])
    (result,) = [result for result in report.results(tiny, "numbers") if result.student == "cheat"]
    assert (result.score, result.out_of) == (0, 100)
    assert any("points; it is 40." in note for note in result.notes)


def test_one_submission_that_the_grader_itself_fails_on_does_not_stop_the_batch(tiny, monkeypatch):
    really = clean_copy.take_in

    def fail(folder, *rest):
        if folder.parent.name == "unlucky":
            raise OSError("no space left")
        return really(folder, *rest)

    monkeypatch.setattr(clean_copy, "take_in", fail)
    tiny.submit("unlucky")
    tiny.submit("zoe")
    result = api_of(tiny).autograde("numbers", "*z*")
    assert result["success"], result
    result = api_of(tiny).autograde("numbers", "[uz]*")
    assert not result["success"]
    assert "unlucky" in result["error"]
    assert scores(tiny)["zoe"] == 100


def test_a_converter_that_takes_nothing_in_is_refused(tiny, monkeypatch):
    tiny.submit("ada")
    monkeypatch.setattr(nbgrader.apps.api, "Autograde", Autograde)
    api = api_of(tiny)
    monkeypatch.setattr(nbgrader.apps.api, "Autograde", Autograde)  # the configuration has just put ours there again
    result = api.autograde("numbers", "ada")
    assert not result["success"]
    call = "autograde.use()"
    assert f"Call {call} in nbgrader_config.py." in result["log"]
    assert f"\n{call}\n" in (tiny.root / "nbgrader_config.py").read_text(encoding="utf-8")


def test_a_configuration_with_a_mistake_grades_nothing_instead_of_grading_unprotected(tiny):
    tiny.submit("late")
    path = tiny.root / "nbgrader_config.py"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "c.Examine.cell_seconds = thirty\n", encoding="utf-8")
    try:
        command = [sys.executable, "-m", "nbgrader", "autograde", "numbers", "--student", "late"]
        done = subprocess.run(command, cwd=tiny.root, capture_output=True, text=True)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert done.returncode != 0
    assert "name 'thirty' is not defined" in done.stderr
    assert not (tiny.root / "autograded" / "late").exists()


def waiting(inode: int) -> int:
    """Return how many processes wait for a lock on a file."""
    lines = Path("/proc/locks").read_text().splitlines()
    return sum("->" in line and f":{inode} " in line for line in lines)


def test_two_graders_at_once_take_turns_with_a_student_and_give_the_score_of_one(tiny):
    tiny.submit("wanted")
    folder = tiny.root / "submitted" / "wanted"
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)  # as a third one that is at it
    command = [sys.executable, "-m", "nbgrader", "autograde", "numbers", "--student", "wanted", "--force"]
    graders = [subprocess.Popen(command, cwd=tiny.root, stderr=subprocess.PIPE, text=True) for _ in "12"]
    try:
        until = time.monotonic() + 200
        while waiting(folder.stat().st_ino) < 2:
            assert [grader.poll() for grader in graders] == [None, None]
            assert time.monotonic() < until
            time.sleep(0.05)
        assert not (tiny.root / "autograded" / "wanted").exists()
    finally:
        os.close(held)
        done = [grader.communicate(timeout=200)[1] for grader in graders]
    assert [grader.returncode for grader in graders] == [0, 0], done
    assert scores(tiny)["wanted"] == 100


def test_a_notebook_of_our_own_making_is_read_like_any_other(tiny):
    """An autograded notebook that is handed in again brings neither its notes nor its outputs."""
    tiny.submit("first", answer="def double(x):\n    return 0", name="numbers (1).ipynb")
    with_formgraders_button(tiny, ["first"])
    graded = json.loads((tiny.root / "autograded" / "first" / "numbers" / "numbers.ipynb").read_text())
    tiny.submit("again", answer=None, change=lambda nb: (nb.clear(), nb.update(graded)))
    with_formgraders_button(tiny, ["again"])
    assert scores(tiny)["again"] == 0
    assert "numbers (1).ipynb" not in str(tiny.graded("again").metadata)
    assert RIGHT not in str(tiny.graded("again"))
