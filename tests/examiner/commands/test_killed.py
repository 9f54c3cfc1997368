"""A grader that is killed at any moment, and run again, leaves the gradebook of one that was left in peace."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tinycourse import TinyCourse, cell_of

from examiner.commands import report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course
from examiner.submission import notes

pytestmark = pytest.mark.slow
EXAMINER = [sys.executable, "-c", "from examiner.cli import main; raise SystemExit(main())"]
PR_SET_CHILD_SUBREAPER = 36
WHO = ["ada", "ben", "cleo"]
MOMENTS = (3, 30, 45, 58, 64, 67, 69, 71)  # of `examiner grade`: before and while it writes the first submission


@pytest.fixture(scope="module")
def peaceful(tmp_path_factory, course_root) -> TinyCourse:
    """A class of which nobody is graded: one right, one wrong, one unreadable."""
    course = TinyCourse.make(tmp_path_factory.mktemp("killed") / "course", course_root / "nbgrader_config.py")
    course.submit("ada", name="numbers (1).ipynb", change=lambda nb: nb.cells.remove(cell_of(nb, "check-1")))
    course.submit("ben", answer="def double(x):\n    return 3 * x")
    folder = course.root / "submitted" / "cleo" / "numbers"
    folder.mkdir(parents=True)
    (folder / "numbers.ipynb").write_text("{")
    return course


@pytest.fixture
def course(peaceful, tmp_path, monkeypatch) -> TinyCourse:
    """A copy of that class. What killed graders leave in the folder for temporary files goes with it."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    shutil.copytree(peaceful.root, tmp_path / "course")
    return TinyCourse(tmp_path / "course")


@pytest.fixture(scope="module")
def expected(peaceful, tmp_path_factory) -> dict:
    """What the gradebook holds when nobody disturbs the grader."""
    course = TinyCourse(tmp_path_factory.mktemp("undisturbed") / "course")
    shutil.copytree(peaceful.root, course.root)
    course.grade(*WHO)
    held = gradebook(course)
    assert {student: sum(row[1] for row in rows["grades"]) for student, rows in held.items()} == {
        "ada": 100,
        "ben": 0,
        "cleo": 0,
    }
    return held


def gradebook(course: Course) -> dict:
    """Return everything that grading enters into a gradebook, by student."""
    with gradebook_of(course) as book:
        return {
            submission.student.id: {
                "grades": sorted(
                    (grade.name, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
                    for entry in submission.notebooks
                    for grade in entry.grades
                ),
                "comments": sorted((c.name, c.auto_comment) for entry in submission.notebooks for c in entry.comments),
                "late": [entry.late_submission_penalty for entry in submission.notebooks],
            }
            for submission in book.find_assignment("numbers").submissions
        }


def kill_at(course: Course, by: str, *moments: int) -> list[tuple[int, int]]:
    """Grade, and be killed, once for each of the moments; return the exit codes and how many moments were lived."""
    script = Path(__file__).parents[1] / "killing.py"
    command = [sys.executable, str(script), str(course.root), "numbers", by, ",".join(WHO), *map(str, moments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [tuple(map(int, line.split())) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("by", "moments"), [("examiner", MOMENTS), ("nbgrader", range(5, 60, 11))])
def test_killed_at_many_moments_and_run_again_it_gives_the_same_gradebook(course, expected, by, moments):
    """Both leave out who is graded already; of `nbgrader autograde`, a submission takes some 60 moments."""
    codes = kill_at(course, by, *moments, 0)
    assert codes[:-1] == [(-signal.SIGKILL, moment) for moment in moments]
    assert codes[-1][0] == 0
    assert gradebook(course) == expected
    for student in WHO:
        folder = course.root / "autograded" / student / "numbers"
        assert notes.finished(folder / "numbers.ipynb")
        assert sorted(path.name for path in folder.iterdir()) == ["checks.json", "numbers.ipynb"]


def wait_for(condition, instead=lambda: "") -> None:
    """Wait until `condition()` holds; where it does not in 100 seconds, say what `instead()` is."""
    until = time.monotonic() + 100
    while not condition():
        assert time.monotonic() < until, instead()
        time.sleep(0.01)


MOST_TRIES = 20


@pytest.fixture
def orphans():
    """Ask for the command lines of what ended parents have left: meanwhile, orphans become children of this process."""
    adopt = ctypes.CDLL(None).prctl
    known = {path.parent.name for path in children()}
    adopt(PR_SET_CHILD_SUBREAPER, 1)
    yield lambda: [text for path in children() if path.parent.name not in known and (text := command_line(path))]
    adopt(PR_SET_CHILD_SUBREAPER, 0)


def children() -> list[Path]:
    """Return /proc/<pid>/stat of every child of this process."""
    return [path for path in Path("/proc").glob("[0-9]*/stat") if stat_of(path)[1:2] == [str(os.getpid())]]


def stat_of(path: Path) -> list[str]:
    try:
        return path.read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []  # it ended meanwhile


def command_line(path: Path) -> str:
    """Return the command line of a process; "" for one that has ended."""
    try:
        return path.with_name("cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def test_examiner_grade_killed_with_all_its_processes_leaves_none_and_can_be_run_again(
    course, peaceful, expected, orphans
):
    graded = course.root / "autograded"
    moments = [
        lambda: (graded / "ada").exists(),
        lambda: any(notes.finished(path) for path in graded.glob("*/numbers/numbers.ipynb")),
    ]
    for moment in moments:
        for _ in range(MOST_TRIES):  # a grader that is through before this process sees the moment is not killed in it
            shutil.rmtree(graded, ignore_errors=True)
            command = [*EXAMINER, "--course", str(course.root), "grade"]
            grader = subprocess.Popen(command, start_new_session=True)
            wait_for(lambda moment=moment, grader=grader: moment() or grader.poll() is not None)
            os.killpg(grader.pid, signal.SIGKILL)
            if grader.wait(60) == -signal.SIGKILL:
                break
            shutil.rmtree(course.root)
            shutil.copytree(peaceful.root, course.root)
        else:
            pytest.fail(f"no grader was killed in {MOST_TRIES} tries")
        wait_for(lambda: not orphans(), instead=orphans)
        report.table(report.results(course, "numbers"))  # what there is can be read
    subprocess.run([*EXAMINER, "--course", str(course.root), "grade"], check=True, timeout=250)
    assert gradebook(course) == expected
