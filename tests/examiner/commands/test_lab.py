"""The working copy that a student opens: work already begun is never overwritten."""

import os

import pytest

from examiner.commands import lab
from examiner.errors import ExaminerError


def test_the_first_time_the_whole_release_is_copied(tiny):
    folder, changed = lab.working_copy(tiny)
    assert (folder / "numbers" / "numbers.ipynb").read_bytes() == (
        tiny.release("numbers") / "numbers.ipynb"
    ).read_bytes()
    assert (folder / "numbers" / "checks.json").is_file()
    assert changed == []


def test_a_notebook_that_was_begun_is_kept_and_a_newer_release_is_named(tiny):
    folder, _ = lab.working_copy(tiny)
    begun = folder / "numbers" / "numbers.ipynb"
    begun.write_text("my work")
    released = tiny.release("numbers") / "numbers.ipynb"
    os.utime(released, (begun.stat().st_mtime + 10,) * 2)
    assert lab.working_copy(tiny)[1] == ["numbers/numbers.ipynb"]
    assert begun.read_text() == "my work"


def test_tables_follow_the_release(tiny):
    folder, _ = lab.working_copy(tiny)
    (folder / "numbers" / "checks.json").write_text("old")
    lab.working_copy(tiny)
    assert (folder / "numbers" / "checks.json").read_bytes() == (tiny.release("numbers") / "checks.json").read_bytes()


@pytest.fixture
def started(monkeypatch, tmp_path):
    """What JupyterLab would be started with: its folder and its arguments."""
    monkeypatch.delenv(lab.EXCHANGE, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    found: list = []
    monkeypatch.setattr(lab, "_become", lambda *given: found.extend(given))
    return found


def test_without_an_exchange_a_student_begins_in_a_copy_and_has_no_assignment_list(tiny, started):
    lab.student(tiny, [])
    assert started == [tiny.root / "my_work", ["--LabApp.default_url=/lab/tree/numbers/numbers.ipynb"]]
    assert str(lab.ALONE) in os.environ["JUPYTER_CONFIG_PATH"]


def test_with_a_shared_folder_nothing_is_copied_and_assignment_list_is_there(tiny, started, monkeypatch, tmp_path):
    monkeypatch.setenv(lab.EXCHANGE, str(tmp_path))
    monkeypatch.setattr(lab, "working_copy", lambda course: pytest.fail("the release was copied"))
    lab.student(tiny, ["--no-browser"])
    assert started == [tiny.root / "my_work", ["--LabApp.default_url=/lab", "--no-browser"]]
    assert str(lab.ALONE) not in os.environ["JUPYTER_CONFIG_PATH"]


@pytest.mark.parametrize(
    "line", ["c.Exchange.root = '/srv'", "c.ExchangeFactory.list = 'ngshare_exchange.ExchangeList'"]
)
def test_an_exchange_in_jupyters_own_configuration_counts(line, started, tmp_path):
    assert not lab.exchange_is_named()
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
    assert lab.exchange_is_named()


def test_a_shared_folder_that_is_none_and_a_configuration_that_fails_are_said(started, monkeypatch, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("import nothing_of_this_name")
    with pytest.raises(ExaminerError, match=r"nbgrader_config.py fails: No module named"):
        lab.exchange_is_named()
    monkeypatch.setenv(lab.EXCHANGE, str(tmp_path / "gone"))
    with pytest.raises(ExaminerError, match="is not a folder"):
        lab.exchange_is_named()
