"""`examiner roster` and `examiner collect`, and nbgrader's zip_collect, on archives as Canvas and Moodle make them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
import zipfile

import pytest
from archives import make

from examiner import cli
from examiner.commands.nbgrader_api import gradebook_of
from examiner.lms import gradebook as students
from examiner.lms.people import Person

pytestmark = pytest.mark.slow

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,numbers (3)
    Points Possible,,,,,100
"Lovelace, Ada",12,u1,ada,S,
"Müller-Öz, Zoë",13,u2,zoe,S,
"Student, Test",99,,,S,
"""


@pytest.fixture(scope="module")
def course(tiny):
    path = tiny.root / "canvas.csv"
    path.write_text(CANVAS, encoding="utf-8")
    assert run(tiny, "roster", str(path)) == 0
    return tiny


def run(course, *arguments: str) -> int:
    return cli.main(["--course", str(course.root), *arguments])


def held(course, student: str) -> dict[str, str]:
    folder = course.root / "submitted" / student / "numbers"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_roster_is_entered_once(course, capsys):
    run(course, "roster", str(course.root / "canvas.csv"))
    assert "0 new, 0 changed, 2 unchanged" in capsys.readouterr().out
    with gradebook_of(course) as gradebook:
        assert students.everyone(gradebook)[-1] == Person("zoe", "Zoë", "Müller-Öz", "", "13")


def test_canvas_newest_attempt_wins_and_what_is_late_or_nobodys_is_said(course, tmp_path, capsys):
    zoe = unicodedata.normalize("NFD", "mülleröz" + "zoë")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inner:
        inner.writestr("work/numbers.ipynb", "zoe")
        inner.writestr("../../out", "no")
        inner.writestr("timestamp.txt", "2020-01-01T00:00:00Z")
    path = make(
        tmp_path / "submissions.zip",
        {
            "lovelaceada_12_501_numbers-2.ipynb": "new",
            "lovelaceada_12_400_numbers-1.ipynb": "old",
            "lovelaceada_12_502_timestamp.txt": "2020-01-01T00:00:00Z",
            f"{zoe}_LATE_13_500_work.zip": packed.getvalue(),
            "strangersam_77_1_numbers.ipynb": "who",
            "notes.txt": "x",
        },
    )
    assert run(course, "collect", "numbers", str(path)) == 0
    said = capsys.readouterr().out
    assert held(course, "ada") == {"numbers.ipynb": "new"}
    assert held(course, "zoe") == {"work/numbers.ipynb": "zoe"}
    assert "Late according to Canvas" in said
    assert "zoe" in said
    assert "strangersam_77_1_numbers.ipynb: no student has this name" in said
    assert "notes.txt: neither Canvas nor Moodle" in said
    assert "out: its path leads out" in said
    # What is older, or as it was, changes nothing; whose a name is can be said.
    before = (course.root / "submitted" / "ada" / "numbers" / "numbers.ipynb").stat()
    old = make(
        tmp_path / "old.zip", {"lovelaceada_12_300_numbers.ipynb": "older", "strangersam_77_1_numbers.ipynb": "w"}
    )
    assert run(course, "collect", "numbers", str(old), "--who", "strangersam_77=sam") == 0
    assert run(course, "collect", "numbers", str(path)) == 0
    assert (course.root / "submitted" / "ada" / "numbers" / "numbers.ipynb").stat() == before
    assert held(course, "sam") == {"numbers.ipynb": "w"}


def test_moodle_takes_the_later_archive_and_leaves_what_was_put_there_by_hand(course, tmp_path, capsys):
    mine = course.root / "submitted" / "ada" / "numbers"
    record = course.root / "downloaded" / "numbers" / "received.json"
    record.unlink(missing_ok=True)
    mine.mkdir(parents=True, exist_ok=True)
    (mine / "numbers.ipynb").write_text("mine")
    one = make(tmp_path / "1.zip", {"Zoë Müller-Öz_5_assignsubmission_file_/old.csv": "1"})
    two = make(
        tmp_path / "2.zip",
        {
            "Zoë Müller-Öz_5_assignsubmission_file_/numbers.ipynb": "2",
            "Ada Lovelace_6_assignsubmission_file_/numbers.ipynb": "theirs",
        },
    )
    assert run(course, "collect", "numbers", str(one), str(two), "--force") == 0
    assert held(course, "zoe") == {"numbers.ipynb": "2"}
    assert held(course, "ada") == {"numbers.ipynb": "theirs"}
    (mine / "numbers.ipynb").write_text("mine")  # sent by mail, say
    assert run(course, "collect", "numbers", str(two)) == 0
    assert held(course, "ada") == {"numbers.ipynb": "mine"}
    record.write_text('{"ada": {}}')  # what is no record is none
    assert run(course, "collect", "numbers", str(two)) == 0
    assert held(course, "ada") == {"numbers.ipynb": "mine"}
    assert "Remove it first" in capsys.readouterr().out


def test_two_of_one_name_are_both_left_out(course, tmp_path, capsys):
    path = make(
        tmp_path / "1.zip",
        {f"Zoë Müller-Öz_{number}_assignsubmission_file_/numbers.ipynb": "x" for number in (5, 6)},
    )
    run(course, "collect", "numbers", str(path))
    assert capsys.readouterr().out.count("2 students have this name") == 2


def test_nbgraders_own_command_takes_the_same_archives(course, tmp_path):
    folder = course.root / "downloaded" / "numbers" / "archive"
    folder.mkdir(parents=True)
    make(folder / "submissions.zip", {"lovelaceada_12_900_numbers-3.ipynb": "by nbgrader", "x.txt": "?"})
    make(folder / "more.zip", {"../../lovelaceada_12_901_numbers.ipynb": "evil"})
    command = [sys.executable, "-m", "nbgrader", "zip_collect", "numbers", "--force"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stderr
    assert held(course, "ada")["numbers.ipynb"] == "by nbgrader"
    assert "Left out: x.txt" in done.stderr
    assert "leads out" in done.stderr
    record = json.loads((course.root / "downloaded" / "numbers" / "received.json").read_text())
    assert record["ada"]["names"] == [{"file": "numbers.ipynb", "prefix": "lovelaceada_12_900_"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("collect", "numbers", "missing.zip"), "cannot be read"),
        (("collect", "nothing", "missing.zip"), "holds no notebook"),
        (("collect", "numbers", ".", "--who", "x"), "does not say whose"),
        (("roster", "missing.csv"), "cannot be read"),
    ],
)
def test_bad_input_is_said_in_a_sentence(course, capsys, arguments, said):
    assert run(course, *arguments) == 2
    assert said in capsys.readouterr().err
