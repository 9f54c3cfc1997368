"""A submission is a folder that a student filled: nothing in it stops the grader, leads out of it, or is changed."""

import json
import os
import socket
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import parse_utc
from test_sanitize import book, data

from examiner.errors import Unreadable
from examiner.submission import clean_copy, found_file, notes
from examiner.submission.intake import SizeLimits

OTHER = [{"cell_type": "code", "id": "other", "metadata": {}, "source": "other"}]


@pytest.fixture
def folder(tmp_path):
    """What a student handed in."""
    made = tmp_path / "submitted" / "ada" / "numbers"
    made.mkdir(parents=True)
    return made


def take_in(folder, wanted=("numbers",), reserved=(), limits=None, ignore=(".ipynb_checkpoints", "hidden.json")):
    """Take it in; return the clean folder, and the notes of its first notebook."""
    to = folder.parents[2] / "private" / str(len(list(folder.parents[2].glob("private/*"))))
    paths = clean_copy.take_in(folder, to, list(wanted), set(reserved), limits or SizeLimits(), list(ignore))
    assert [path.name for path in paths] == [f"{name}.ipynb" for name in wanted]
    return to, [note.text for note in notes.of(nbformat.read(paths[0], as_version=4))]


def taken(to, name="numbers") -> str:
    """Return the text of the last cell of what is graded: "other" for the notebook with that cell."""
    return nbformat.read(to / f"{name}.ipynb", as_version=4).cells[-1].source


def reason(to) -> str:
    return notes.unreadable(nbformat.read(to / "numbers.ipynb", as_version=4))


def contents(folder) -> dict:
    """Return everything about a folder that could be changed in it."""
    return {
        path: (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in sorted(folder.rglob("*"))
    }


def test_a_notebook_under_its_own_name_is_taken_without_a_word(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    to, said = take_in(folder)
    assert taken(to) == "x = 'ü'"
    assert said == []


@pytest.mark.parametrize(
    "name",
    [
        "numbers (1).ipynb",
        "Copy of numbers.ipynb",
        "numbers-Copy1.ipynb",
        "NUMBERS.ipynb",
        "numbers.IPYNB",
        "numbers.ipynb.txt",
        "numbers.ipynb.json",
        "Ada Lovelace - numbers final.ipynb",
        "homework.ipynb",
        "numbers\n.ipynb",
        "-numbers.ipynb",
        "numbers/numbers.ipynb",
        "numbers.ipynb/numbers.ipynb",
        "\x1b[31mnumbers\x07.ipynb",
        os.fsdecode(b"numbers \xff.ipynb"),
    ],
)
def test_a_renamed_notebook_is_found_and_named(folder, name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data(book()))
    to, said = take_in(folder)
    assert taken(to) == "x = 'ü'"
    assert said[0].endswith("is taken for numbers.ipynb.")
    assert all(sentence.isprintable() for sentence in said)


def test_a_name_that_a_mac_wrote_in_another_normal_form_is_the_same_name(folder):
    (folder / unicodedata.normalize("NFD", "größe.ipynb")).write_bytes(data(book()))
    (folder / "else.ipynb").write_bytes(data(book(OTHER)))
    assert taken(take_in(folder, wanted=["größe"])[0], "größe") == "x = 'ü'"


@pytest.mark.parametrize(
    "name", [".numbers.ipynb", "._numbers.ipynb", "__MACOSX/numbers.ipynb", ".ipynb_checkpoints/numbers.ipynb", "a.py"]
)
def test_what_tools_leave_behind_is_no_candidate(folder, name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data(book()))
    assert reason(take_in(folder)[0]).startswith("numbers.ipynb was not handed in")


def test_of_several_candidates_the_nearest_name_counts_then_the_newest_and_the_others_are_named(folder):
    for i, name in enumerate(["homework.ipynb", "numbers (2).ipynb", "numbers (1).ipynb"]):
        (folder / name).write_bytes(data(book(OTHER if "(1)" in name else book()["cells"])))
        os.utime(folder / name, (1000 + i, 1000 + i))
    to, said = take_in(folder)
    assert taken(to) == "other"
    assert said == [
        "numbers (1).ipynb is taken for numbers.ipynb.",
        "Not looked at: homework.ipynb, numbers (2).ipynb.",
    ]
    (folder / "numbers.ipynb").write_bytes(data(book()))
    to, said = take_in(folder)
    assert taken(to) == "x = 'ü'"
    assert said == ["Not looked at: homework.ipynb, numbers (1).ipynb, numbers (2).ipynb."]


def test_a_candidate_that_can_be_read_is_better_than_one_that_cannot(folder):
    (folder / "numbers.ipynb").write_bytes(b"")
    (folder / "numbers (1).ipynb").write_bytes(data(book()))
    to, said = take_in(folder)
    assert taken(to) == "x = 'ü'"
    assert said == ["numbers.ipynb: it is empty.", "numbers (1).ipynb is taken for numbers.ipynb."]


def test_several_notebooks_of_one_assignment_are_told_apart_by_their_names(folder):
    for name in ("Part1 (3).ipynb", "part10.ipynb"):
        (folder / name).write_bytes(data(book(OTHER if "10" in name else book()["cells"])))
    to, _ = take_in(folder, wanted=["part1", "part10", "part2"])
    assert (taken(to, "part1"), taken(to, "part10")) == ("x = 'ü'", "other")
    assert "part2.ipynb was not handed in" in taken(to, "part2")


def test_an_empty_folder_says_that_nothing_was_handed_in(folder):
    assert reason(take_in(folder)[0]) == "numbers.ipynb was not handed in"


def test_a_folder_of_other_files_names_them(folder):
    (folder / "notes.txt").write_text("hello")
    to, _ = take_in(folder)
    assert reason(to) == "numbers.ipynb was not handed in; there are only notes.txt"
    assert (to / "notes.txt").read_text() == "hello"


def test_a_pipe_a_socket_and_a_folder_in_the_place_of_the_notebook_are_named(folder):
    os.mkfifo(folder / "numbers.ipynb")
    assert "each is a pipe: numbers.ipynb" in reason(take_in(folder)[0])
    (folder / "numbers.ipynb").unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(folder, os.O_RDONLY)  # the path itself may be too long for a socket's name
        listener.bind(f"/proc/self/fd/{here}/numbers.ipynb")
        os.close(here)
    assert "each is a socket: numbers.ipynb" in reason(take_in(folder)[0])
    (folder / "numbers.ipynb").unlink()
    (folder / "numbers.ipynb").mkdir()
    assert "each is a folder: numbers.ipynb" in reason(take_in(folder)[0])


@pytest.mark.parametrize(
    "target", ["secret", "/dev/zero", "/etc/passwd", "numbers.ipynb", "gone", "..", "/proc/self/mem"]
)
def test_no_link_is_followed_wherever_it_leads(folder, target):
    secret = folder.parents[2] / "secret"
    secret.write_bytes(data(book(OTHER)))
    for name in ("numbers.ipynb", "data.csv", "timestamp.txt", "checks.json"):
        (folder / name).symlink_to(secret if target == "secret" else target)
    to, _ = take_in(folder)
    assert "each is a link: checks.json, data.csv, numbers.ipynb, timestamp.txt" in reason(to)
    assert {path.name for path in to.iterdir()} == {"numbers.ipynb", "timestamp.txt"}
    assert parse_utc((to / "timestamp.txt").read_text()).year >= 2025  # when the link was made


def test_a_file_that_becomes_a_link_or_a_pipe_meanwhile_is_not_read_either(folder):
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    with pytest.raises(OSError, match="symbolic links"):
        found_file.read(folder / "link", 1000)
    with pytest.raises(Unreadable, match="a pipe, not a file"):
        found_file.read(folder / "pipe", 1000)
    with pytest.raises(Unreadable, match="a device, not a file"):
        found_file.read(Path("/dev/zero"), 1000)


@pytest.mark.parametrize("kind", ["link", "file", "pipe", "dangling link"])
def test_something_else_where_the_folder_should_be_ends_with_the_reason(folder, kind):
    folder.rmdir()
    elsewhere = folder.parents[2] / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "numbers.ipynb").write_bytes(data(book()))
    if kind == "file":
        folder.write_bytes(data(book()))
    elif kind == "pipe":
        os.mkfifo(folder)
    else:
        folder.symlink_to(elsewhere if kind == "link" else "gone")
    to, _ = take_in(folder)
    assert reason(to) == f"where the folder should be is a {kind.split()[-1]}"


def test_a_file_larger_than_the_limit_is_named_and_not_loaded(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    with open(folder / "huge.bin", "wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room on the disk
    to, said = take_in(folder)
    assert said == ["Files that are too much: the limit is 64 MB: huge.bin."]
    assert not (to / "huge.bin").exists()
    os.rename(folder / "huge.bin", folder / "numbers.ipynb")
    assert reason(take_in(folder)[0]) == "numbers.ipynb: it is larger than 32 MB"


def test_other_files_share_one_limit(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    for name in "abcd":
        (folder / name).write_bytes(bytes(400))
    to, said = take_in(folder, limits=SizeLimits(files=1000, count=10))
    assert sorted(path.name for path in to.iterdir()) == ["a", "b", "numbers.ipynb"]
    assert "c, d" in said[0]
    to, said = take_in(folder, limits=SizeLimits(count=3))
    assert sorted(path.name for path in to.iterdir()) == ["a", "b", "c", "numbers.ipynb"]


def test_files_that_would_stand_in_the_way_of_the_assignments_own_are_left_out(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    (folder / "checks.json").mkdir()
    (folder / "checks.json" / "inside").write_text("x")
    (folder / "images").write_text("x")
    (folder / "hidden.json").write_text("{}")
    (folder / "mine.py").write_text("x = 1")
    to, said = take_in(folder, reserved=["checks.json", "images/a.svg"])
    assert sorted(path.name for path in to.iterdir()) == ["mine.py", "numbers.ipynb"]
    assert said == ["Files that were left out for their names: checks.json/inside, images."]


def test_folders_within_folders_end_somewhere(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    deep = folder.joinpath(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / "x").write_text("x")
    (folder / "d" / "near").write_text("x")
    to, _ = take_in(folder)
    assert (to / "d" / "near").is_file()
    assert len([*to.rglob("*")]) == 3


@pytest.mark.parametrize(
    ("stamp", "kept"),
    [
        (b"2026-01-02 03:04:05 UTC", "2026-01-02 03:04:05.000000 UTC"),
        (b"2026-01-02 03:04:05.678 +0100\n", "2026-01-02 02:04:05.678000 UTC"),
        (b"2026-01-02T03:04:05Z", "2026-01-02 03:04:05.000000 UTC"),
        (b"2026-07-01T12:00:00.5+02:00", "2026-07-01 10:00:00.500000 UTC"),
        (b"2026-07-01 12:00:00 Europe/Berlin", "2026-07-01 10:00:00.000000 UTC"),
        (b"2026-01-02 03:04:05.123456 UTC", "2026-01-02 03:04:05.123456 UTC"),
        (b"2026-07-01T12:00+02:00", "2026-07-01 10:00:00.000000 UTC"),
        (b"2026-07-01T12:00Z", "2026-07-01 12:00:00.000000 UTC"),
        (b"20260701T120000Z", "2026-07-01 12:00:00.000000 UTC"),
        (b"20260701T120000,25+0200", "2026-07-01 10:00:00.250000 UTC"),
        (b"2026-07-01T12:00:00,5-08", "2026-07-01 20:00:00.500000 UTC"),
        ("\ufeff2026-01-02 03:04:05 UTC\r\n".encode(), "2026-01-02 03:04:05.000000 UTC"),
        ("2026-01-02 03:04:05 UTC".encode("utf-16"), "2026-01-02 03:04:05.000000 UTC"),
    ],
)
def test_the_time_of_handing_in_is_kept_in_utc(folder, stamp, kept):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    (folder / "timestamp.txt").write_bytes(stamp)
    to, said = take_in(folder)
    assert (to / "timestamp.txt").read_text() == kept
    assert said == []


NO_TIME = [b"", b"yesterday-ish", b"\xff\xfe", b"9" * 500, b"2026-01-02 03:04:05 +99999999", b"\0", b"Jan", b"10:00",
           b"1999-01-01 00:00:00 UTC", b"9999-12-31 23:59:59 UTC", b"9999-12-31 23:59:59 -23:00",
           b"2026-07-01 12:00:00 CEST", b"2026-07-01 12:00:00 PST", b"2026-07-01 12:00:00 ../../etc/passwd",
           b"2026-07-01T12:00:00", b"2026-07-01 12:00:00", b"2026-07-01", b"2026-07-01 12:00:00 CET",
           b"2026-07-01 12:00:00 MET", b"2026-07-01 12:00:00 EST", b"2026-07-01 12:00:00 GB", b"2026-07-01T12:00+25:00",
           b"2026-07-01 12:00:00 Israel", b"2026-07-01 12:00:00 Etc/GMT+2", b"2026-07-01 12:00:00 US/Eastern",
           b"2026-07-01 12:00:00 Europe/Nowhere", b"2026-07-01 12:00:00 Europe/../Asia/Tokyo",
           "\u0662026-07-01 12:00:00 UTC".encode()]  # fmt: skip


@pytest.mark.parametrize("stamp", NO_TIME)
def test_in_place_of_a_time_that_is_none_that_of_the_file_is_taken_and_said(folder, stamp):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    (folder / "timestamp.txt").write_bytes(stamp)
    os.utime(folder / "timestamp.txt", (1_767_323_045, 1_767_323_045))
    to, said = take_in(folder)
    assert (to / "timestamp.txt").read_text() == "2026-01-02 03:04:05.000000 UTC"
    assert said == [
        "timestamp.txt holds no time that can be relied on: the time of the file is taken, 2026-01-02 03:04 UTC."
    ]


@pytest.mark.parametrize("year", [1999, 2100])
def test_where_the_file_s_time_cannot_be_either_the_one_that_nobody_can_set_is_taken(folder, year):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    path = folder / "timestamp.txt"
    path.write_text("never")
    os.utime(path, (datetime(year, 1, 1, tzinfo=UTC).timestamp(),) * 2)
    to, said = take_in(folder)
    came = datetime.fromtimestamp(path.stat().st_ctime, UTC)
    assert parse_utc((to / "timestamp.txt").read_text()) == came.replace(tzinfo=None)
    assert said == [
        "timestamp.txt holds no time that can be relied on: neither does its file, and the time at which it came here "
        f"is taken, {came:%Y-%m-%d %H:%M} UTC."
    ]


def test_a_folder_in_place_of_the_time_counts_as_no_time(folder):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    (folder / "timestamp.txt").mkdir()
    to, said = take_in(folder)
    assert parse_utc((to / "timestamp.txt").read_text()).year >= 2025
    assert "the time of the file is taken" in said[0]


def test_what_may_not_be_opened_is_named(folder, monkeypatch):
    (folder / "numbers.ipynb").write_bytes(data(book()))
    (folder / "notes.txt").write_text("x")
    really = os.open

    def refuse(path, *rest, **more):
        if str(folder) in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)  # as root, which tests may run as, permissions stop nobody
    to, said = take_in(folder)
    assert reason(to) == "numbers.ipynb: it cannot be opened (Permission denied)"
    assert "Files that were left out: it cannot be opened (Permission denied): notes.txt." in said
    assert str(folder) not in json.dumps(said)


def test_a_folder_that_may_not_be_opened_is_named(folder, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", refuse)
    assert reason(take_in(folder)[0]) == "it cannot be opened (Permission denied)"


def test_nothing_that_was_handed_in_is_changed(folder):
    (folder / "numbers (1).ipynb").write_bytes(data(book(), "utf-16"))
    (folder / "numbers.ipynb").write_bytes(b"{")
    (folder / "link").symlink_to("numbers.ipynb")
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text("1,2")
    (folder / "timestamp.txt").write_text("never")
    before = contents(folder)
    take_in(folder)
    assert contents(folder) == before


def test_a_name_is_shown_without_anything_that_could_act():
    shown = notes.shown("<img src=x>\x1b[2J\n`[a]`")
    assert not set(shown) & set("<>\x1b\n`[]")
    assert len(notes.shown("x" * 5000)) < 61
