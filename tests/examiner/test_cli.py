"""The command: what it says, and what it returns."""

import json
import shutil
import subprocess
import sys
from importlib import metadata

import pytest
import synthetic

from examiner import cli


@pytest.fixture
def run(tiny, capsys):
    """Run a command on the tiny course, and return (exit code, what was printed, what went to stderr)."""

    def run(*arguments):
        code = cli.main(["--course", str(tiny.root), *arguments])
        return code, *capsys.readouterr()

    return run


def test_it_says_its_version_wherever_it_is_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"examiner {metadata.version('backprop-examiner')}\n"


def test_a_reader_who_has_seen_enough_ends_it_quietly(tiny):
    code = "import sys; from examiner import cli; sys.exit(cli.main())"
    command = [sys.executable, "-uc", code, "--course", str(tiny.root), "freeze"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 1


def test_outside_of_a_course_it_says_what_to_do(tmp_path, capsys):
    assert cli.main(["--course", str(tmp_path), "freeze"]) == 2
    assert "--course FOLDER" in capsys.readouterr().err


def test_an_unknown_assignment_is_answered_with_the_known_ones(run):
    code, _, err = run("freeze", "letters")
    assert code == 2
    assert "numbers" in err


def test_freeze_says_when_nothing_has_changed(run):
    assert run("freeze") == (0, "numbers: nothing has changed\n", "")


def test_freeze_warns_of_mistakes_that_the_visible_inputs_do_not_tell_apart(tmp_path, capsys):
    one_less = synthetic.mistake("one-less", "2 * x", "2 * x - 1")  # 5 for 3, as 2 + 3 is; 9 for 5, which 2 + 5 is not
    synthetic.write(tmp_path / "source" / "numbers", mistakes=[], words=synthetic.EXERCISE + one_less)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    assert cli.main(["--course", str(tmp_path), "freeze"]) == 0
    assert "Warning: exercise 1: its check cannot tell the misconception 'one-less' from" in capsys.readouterr().out


def test_a_stale_table_fails_the_check_with_the_command_that_mends_it(run, tiny):
    path = tiny.source("numbers") / "hidden.json"
    before = path.read_text(encoding="utf-8")
    table = json.loads(before)
    table["checks"]["1.1"]["want"] = 11.0
    path.write_text(json.dumps(table), encoding="utf-8")
    code, out, _ = run("freeze", "--check")
    assert code == 1
    assert "hidden.json is older" in out
    assert "examiner freeze numbers" in out
    run("freeze")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(before)


def test_a_difference_in_the_last_digit_is_not_stale(run, tiny):
    path = tiny.source("numbers") / "hidden.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    table["checks"]["1.1"]["want"] *= 1 + 1e-15
    path.write_text(json.dumps(table), encoding="utf-8")
    assert run("freeze", "--check")[0] == 0


@pytest.mark.slow
def test_from_release_to_report_in_five_commands(run, tiny):
    shutil.rmtree(tiny.root / "submitted", ignore_errors=True)
    assert run("release")[0] == 0
    assert run("simulate", "--students", "2", "--seed", "1")[0] == 0
    code, out, _ = run("grade")
    assert code == 0
    assert "student-01" in out
    assert run("feedback")[1] == "numbers: 2 pages in feedback/\n"
    assert "most frequent mistakes" in run("report")[1]


def test_grading_somebody_who_handed_nothing_in_is_refused(run):
    code, _, err = run("grade", "--student", "nobody")
    assert code == 2
    assert "nobody has not submitted numbers" in err
