"""One line for another machine at the top of the set-up cell costs no points."""

from __future__ import annotations

import pytest
from tinycourse import TinyCourse

from examiner.commands import report
from examiner.submission import notes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def graded(course: TinyCourse, student: str, setup: str, keep: bool = False) -> tuple[float, list[str]]:
    """Hand in with `setup` as the set-up cell, on top of its own lines where `keep` says so; return score and notes."""

    def change(nb):
        cell = next(cell for cell in nb.cells if "setup" in cell.metadata.get("tags", []))
        cell.source = f"{setup}\n{cell.source}" if keep else setup

    course.submit(student, change=change)
    course.grade(student)
    score = next(result.score for result in report.results(course, "numbers") if result.student == student)
    found = [note.text for note in notes.of(course.graded(student))]
    return score, [text for text in found if "handed out" in text]


@pytest.mark.parametrize(
    "line",
    [
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "import seaborn as sns",
        "import locale\nlocale.setlocale(locale.LC_ALL, 'xx_XX.UTF-8')",
        "import os\nos.chdir('/content/drive/MyDrive')",
        "raise RuntimeError('Ω' * 100)",
        "this is no Python",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    ],
)
@pytest.mark.parametrize("keep", [True, False])
def test_a_set_up_cell_that_fails_runs_as_it_was_handed_out_and_the_student_is_told(tiny, line, keep):
    score, said = graded(tiny, "ada", line, keep)
    assert score == 100
    (note,) = said
    assert note.startswith("The cell imports, which was handed out with imports, failed")


def test_a_set_up_cell_that_runs_is_left_alone(tiny):
    assert graded(tiny, "ben", "%matplotlib notebook\n!pip install seaborn", keep=True) == (100, [])


def test_an_answer_that_fails_is_not_replaced(tiny):
    tiny.submit("cleo", answer="import seaborn\ndef double(x):\n    return 3 * x")
    tiny.grade("cleo")
    assert next(result.score for result in report.results(tiny, "numbers") if result.student == "cleo") == 0


def test_an_answer_below_a_library_that_is_missing_counts(tiny):
    tiny.submit("dan", answer="import seaborn\ndef double(x):\n    return 2 * x")
    tiny.grade("dan")
    assert next(result.score for result in report.results(tiny, "numbers") if result.student == "dan") == 100
