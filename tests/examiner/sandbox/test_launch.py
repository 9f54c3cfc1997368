"""What the sandbox is made of: its command line, the system calls, the environment, and the time that counts."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest

from examiner.errors import ExaminerError
from examiner.guest import isolation
from examiner.guest.protocol import PATIENCE
from examiner.runner import deadline
from examiner.sandbox import bubblewrap, environment, launch, seccomp


def bound(words: list[str]) -> dict[str, str]:
    """Return what is bound where, {place: source}."""
    return {words[at + 2]: words[at + 1] for at, word in enumerate(words) if word in ("--ro-bind", "--dev-bind")}


def test_of_the_course_only_what_runs_inside_is_bound():
    root = str(bubblewrap.ROOT)
    ours = {place: source for place, source in bound(bubblewrap.command({}, {})).items() if source.startswith(root)}
    ours = {place for place in ours if not place.startswith(sys.prefix)}
    assert ours == {"/box/lib/backprop", *(f"/box/lib/examiner/{part}" for part in bubblewrap.PARTS)}


def test_nothing_is_bound_to_be_written_to():
    words = bubblewrap.command({"/box/data/x.npy": Path("/x.npy")}, {})
    assert "--bind" not in words
    assert {place for place, source in bound(words).items() if source.startswith("/dev")} == {
        "/dev/null", "/dev/full", "/dev/random", "/dev/urandom"}  # fmt: skip
    assert bound(words)["/box/data/x.npy"] == "/x.npy"


def test_every_namespace_is_a_new_one_and_nothing_of_the_environment_stays():
    words = bubblewrap.command({}, {"HOME": "/home/student"})
    assert {"--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--clearenv", "--die-with-parent",
            "--new-session"} <= set(words)  # fmt: skip
    assert words[words.index("--setenv") + 1 :][:2] == ["HOME", "/home/student"]


def test_the_filter_is_a_program_for_this_machine():
    program = seccomp.program()
    assert len(program) % 8 == 0
    last = [struct.unpack("HBBI", program[at : at + 8]) for at in range(0, len(program), 8)]
    returns = {value for code, _, _, value in last if code == 0x06}
    assert 0x7FFF0000 in returns  # allow
    assert 0x00050001 in returns  # operation not permitted
    assert any(value & 0xFFFF0000 in (0x80000000, 0x00000000) for value in returns)  # another machine's calls: kill


def test_the_environment_holds_nothing_that_differs_between_two_gradings(monkeypatch):
    monkeypatch.setenv("TOKEN", "secret")
    found = environment.environment("/box/warm")
    assert found["OPENBLAS_NUM_THREADS"] == found["OMP_NUM_THREADS"] == "1"
    assert found["PYTHONHASHSEED"] == "0"
    assert "secret" not in found.values()


def test_mnist_is_there_where_it_is_kept_here_and_else_the_digits_are_asked_for(monkeypatch, tmp_path):
    monkeypatch.setenv("BACKPROP_CACHE", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    for name in ("MNIST_NPZ", "BACKPROP_DATA"):
        monkeypatch.delenv(name, raising=False)
    assert environment.files_beside()[1] == {"BACKPROP_DATA": "digits"}
    kept = environment.data.cache_file()
    kept.write_bytes(b"kept")
    kept.chmod(0o600)
    visible, settings = environment.files_beside()
    assert settings == {"BACKPROP_CACHE": "/box/data"}
    assert visible[f"/box/data/{kept.name}"] == kept
    assert kept.stat().st_mode & 0o004  # the student's user is another one
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    assert environment.files_beside()[1] == {"BACKPROP_DATA": "digits"}


def test_only_root_lets_students_run_as_somebody_else(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert launch.spare_user() == 0
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert launch.spare_user() == 0 or launch.spare_user() in range(*launch.OWN_USERS)


def test_files_that_the_students_user_may_not_read_are_named(monkeypatch, tmp_path):
    secret = tmp_path / "numpy.py"
    secret.write_text("")
    secret.chmod(0o600)
    monkeypatch.setattr(launch, "_needed", lambda: [secret])
    said = launch.refusal("ModuleNotFoundError")
    assert f"may not read {secret}" in said
    assert "chmod -R go+rX" in said


def test_an_examiner_error_is_what_a_command_ends_with(monkeypatch):
    from examiner.runner.forkserver import ForkServer

    monkeypatch.setattr(launch, "missing", lambda: "Nothing is graded without a sandbox: try this.")
    with pytest.raises(ExaminerError, match="try this"):
        ForkServer()


def test_time_in_which_the_machine_was_busy_does_not_count_but_patience_has_an_end(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(deadline.time, "monotonic", lambda: now[0])
    running = deadline.Deadline(10, grace=1)
    assert running.moment() == 111
    assert running.credit_for(5)
    assert running.moment() == 116
    now[0] = 112
    assert running.spent() == 7
    assert running.credit_for(1000)
    assert running.moment() == 100 + PATIENCE * 10 + 1
    assert not running.credit_for(1000)
    assert running.spent() == 12 / PATIENCE


def test_python_is_found_again_where_it_is_installed_below_a_covered_folder(tmp_path, monkeypatch):
    installed = tmp_path / "course" / ".venv"
    installed.mkdir(parents=True)
    monkeypatch.setattr("sys.prefix", str(installed))
    monkeypatch.setattr("sys.exec_prefix", str(installed))
    found = isolation._python_in(str(tmp_path))
    for descriptor in found.values():
        os.close(descriptor)
    assert list(found) == [str(installed)]


def test_the_way_to_it_is_open_to_the_student(tmp_path):
    before = os.umask(0o077)
    try:
        isolation._make_folders(str(tmp_path / "course" / ".venv"), str(tmp_path))
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "course", tmp_path / "course/.venv")] == [0o755] * 2
