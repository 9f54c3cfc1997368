"""Workers begin to load before the command does, where it will have some."""

import pytest

from examiner import cli, start
from examiner.commands import worker_processes


@pytest.fixture
def begun(monkeypatch):
    found = []
    monkeypatch.setattr(worker_processes, "begin", lambda: found.append("workers"))
    monkeypatch.setattr(cli, "main", lambda: found.append("command"))
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    def run(*words):
        monkeypatch.setattr("sys.argv", ["examiner", *words])
        start.main()
        return found

    return run


@pytest.mark.parametrize("words", ["grade", "--course x grade --all", "demo", "regrade x", "grade --processes 16"])
def test_commands_for_a_class_begin_with_the_workers(begun, words):
    assert begun(*words.split()) == ["workers", "command"]


@pytest.mark.parametrize(
    "words", ["report", "grade --student ada", "grade --processes 1", "grade --processes=1", "grade --dask x", ""]
)
def test_what_needs_no_worker_starts_none(begun, words):
    assert begun(*words.split()) == ["command"]
