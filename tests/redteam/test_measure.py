"""What counts as a success of an attack is seen when it is there."""

import json
import sqlite3
import subprocess

import measure
import table
import target
from course import SUBMISSION_SECONDS
from measure import changed, escapes, scripts, secrets_shown, shown, snapshot


def graded(course, student, *outputs, test=False):
    folder = course / "autograded" / student / "target"
    folder.mkdir(parents=True)
    cell = {"cell_type": "code", "metadata": {"nbgrader": {"grade": test}}, "outputs": list(outputs)}
    (folder / "target.ipynb").write_text(json.dumps({"cells": [cell]}))


def test_a_secret_in_what_a_student_printed_is_seen(tmp_path):
    words = target.Secrets.fresh()
    graded(tmp_path, "eve", {"output_type": "stream", "text": [f"found {words.table}"]})
    assert secrets_shown(shown(tmp_path, "eve"), words) == ["table"]


def test_a_test_cell_may_show_its_own_source_in_a_traceback(tmp_path):
    words = target.Secrets.fresh()
    graded(tmp_path, "eve", {"output_type": "error", "traceback": [words.test]}, test=True)
    assert secrets_shown(shown(tmp_path, "eve"), words) == []


def test_for_the_examiner_no_error_of_a_test_may_show_its_source(tmp_path):
    words = target.Secrets.fresh()
    graded(tmp_path, "eve", {"output_type": "error", "traceback": [words.test]}, test=True)
    with sqlite3.connect(tmp_path / "gradebook.db") as db:
        db.execute("CREATE TABLE comment (cell_id, auto_comment, manual_comment, notebook_id)")
        db.execute("CREATE TABLE submitted_notebook (id, assignment_id)")
        db.execute("CREATE TABLE submitted_assignment (id, student_id)")
        db.execute("INSERT INTO comment VALUES ('a', ?, NULL, 1)", (words.table,))
        db.execute("INSERT INTO submitted_notebook VALUES (1, 1)")
        db.execute("INSERT INTO submitted_assignment VALUES (1, 'eve')")
    assert secrets_shown(shown(tmp_path, "eve", "examiner"), words) == ["table", "test"]


def test_a_page_may_show_the_source_of_the_attack_and_no_other_secret(tmp_path):
    words = target.Secrets.fresh()
    page = tmp_path / "feedback" / "eve" / "target" / f"{target.NAME}.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<pre>print('{words.proof}')</pre> {words.table}")
    assert secrets_shown(measure.on_page(tmp_path, "eve"), words, ("proof",)) == ["table"]


def test_a_submission_that_costs_too_much_is_seen(tmp_path):
    course, budget = tmp_path / "course", SUBMISSION_SECONDS
    pages = {"ada": [1.5, 300_000], "eve": [2, 40_000_000], "mal": [2 * budget, 0], "ned": [budget, 0]}
    (tmp_path / "costs.json").write_text(json.dumps(pages))
    lines = [["ada", budget], ["ned", budget], ["zed", 0.9 * budget], ["zed", 0.9 * budget]]
    (tmp_path / "times.txt").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    assert measure.costs(course) == {
        "eve": "a page of 40.0 MB",
        "mal": "takes 2.0 times the budget of a submission",
        "ned": "takes 2.0 times the budget of a submission",
        "zed": "takes 1.8 times the budget of a submission",
    }


def test_a_change_against_the_committed_table_is_told():
    row = "| `{}` | What it tries. | {} | {} |".format
    before = "\n".join([row("one", "+10 points", "stopped"), row("two", "stopped", "stopped")])
    after = "\n".join([row("one", "+10 points", "reaches tcp"), row("three", "not run", "stopped")])
    assert table.changes(before, before) == []
    assert table.changes(before, after) == [
        "two: no longer there",
        "one: examiner was stopped, is reaches tcp",
        "three: nbgrader was not there, is not run",
        "three: examiner was not there, is stopped",
    ]


def test_the_committed_table_is_that_of_the_last_commit_and_not_of_the_run_before(tmp_path):
    page, row = tmp_path / "attacks.md", "| `one` | What it tries. | {} | stopped |".format
    page.write_text(f"{table.BEGIN}\n{row('of a commit')}\n{table.END}")
    assert row("of a commit") in table.committed(page)  # without a repository
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    page.write_text(f"{table.BEGIN}\n{row('of a run')}\n{table.END}")
    assert row("of a commit") in table.committed(page)


def test_a_file_that_was_written_added_or_linked_is_seen(tmp_path):
    course = tmp_path / "course"
    (course / "source").mkdir(parents=True)
    for name in ("source/a.txt", "nbgrader_config.py"):
        (course / name).write_text("before")
    before = snapshot(course)
    assert changed(before, snapshot(course)) == []
    (course / "source" / "a.txt").write_text("after")
    (course / "source" / "b.txt").symlink_to("a.txt")
    (tmp_path / "outside.txt").write_text("new")
    (course / "nbgrader_config.py").unlink()
    assert changed(before, snapshot(course)) == ["../outside.txt", "nbgrader_config.py", "source/a.txt", "source/b.txt"]


def test_scripts_that_act_are_told_from_text_that_shows_them(tmp_path):
    folder = tmp_path / "feedback" / "eve"
    folder.mkdir(parents=True)
    page = folder / "target.html"
    page.write_text("<p>&lt;script&gt;redteam()&lt;/script&gt; onerror='redteam()'</p><script>course()</script>")
    assert scripts(tmp_path, "eve") == []
    for text in ("<script>redteam()</script>", "<img src=x onerror=redteam()>", "<a href='javascript:redteam()'>x</a>"):
        page.write_text(text)
        assert len(scripts(tmp_path, "eve")) == 1


def test_an_escape_in_what_a_command_said_is_seen(tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("a line\nanother\twith a tab and “quotes”\n")
    assert not escapes(log)
    log.write_bytes(b"a line\x1b[2J")
    assert escapes(log)


def test_a_score_that_is_no_number_is_no_score(tmp_path):
    with sqlite3.connect(tmp_path / "gradebook.db") as db:
        db.execute("CREATE TABLE grade (notebook_id, manual_score, auto_score, extra_credit)")
        db.execute("CREATE TABLE submitted_notebook (id, assignment_id)")
        db.execute("CREATE TABLE submitted_assignment (id, student_id)")
        for number, (student, score) in enumerate([("eve", None), ("mal", float("nan")), ("ada", 60.0)]):
            db.execute("INSERT INTO submitted_assignment VALUES (?, ?)", (number, student))
            db.execute("INSERT INTO submitted_notebook VALUES (?, ?)", (number, number))
            db.execute("INSERT INTO grade VALUES (?, NULL, 40.0, NULL), (?, NULL, ?, NULL)", (number, number, score))
    assert measure.scores(tmp_path) == {"eve": None, "mal": None, "ada": 100.0}
