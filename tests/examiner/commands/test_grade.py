"""Grading through real nbgrader: whatever is handed in ends with a score, and the right one."""

import pytest
from nbformat.v4 import new_code_cell
from tinycourse import cell_of
from traitlets.config import Config

from examiner.commands import executors, grade, report

pytestmark = pytest.mark.slow


def score(course, student):
    return next(result.score for result in report.results(course, "numbers") if result.student == student)


def test_a_right_answer_gets_full_points_and_an_empty_one_none(tiny):
    tiny.submit("ada")
    tiny.submit("ben", answer=None)
    assert all(outcome.graded for outcome in tiny.grade("ada", "ben").values())
    assert score(tiny, "ada") == 100
    assert score(tiny, "ben") == 0


def test_a_wrong_answer_is_named_in_the_report(tiny):
    tiny.submit("cleo", answer="def double(x):\n    return x / 2")
    tiny.grade("cleo")
    assert score(tiny, "cleo") == 0
    assert report.mistakes(tiny, "cleo", "numbers") == [("1", "half")]


def test_an_answer_fitted_to_the_visible_numbers_loses_the_hidden_points(tiny):
    tiny.submit("dan", answer="def double(x):\n    return 6.0")
    tiny.grade("dan")
    assert score(tiny, "dan") == 40


def test_a_warning_and_text_on_stderr_cost_nothing(tiny):
    noise = "    warnings.warn('hm')\n    print('hm', file=sys.stderr)\n"
    noisy = f"import sys, warnings\ndef double(x):\n{noise}    return 2 * x"
    tiny.submit("eva", answer=noisy)
    tiny.grade("eva")
    assert score(tiny, "eva") == 100


def test_a_test_cell_tagged_skip_execution_runs_all_the_same(tiny):
    def skip_tests(nb):
        for name in ("check-1", "hidden-1"):
            cell_of(nb, name).metadata["tags"] = ["skip-execution"]

    tiny.submit("finn", answer="def double(x):\n    return 0", change=skip_tests)
    tiny.grade("finn")
    assert score(tiny, "finn") == 0


def test_deleted_test_cells_come_back(tiny):
    def delete_tests(nb):
        nb.cells = [cell for cell in nb.cells if not cell.metadata.get("nbgrader", {}).get("grade")]

    tiny.submit("gwen", answer="def double(x):\n    return 0", change=delete_tests)
    tiny.submit("hugo", change=delete_tests)
    tiny.grade("gwen", "hugo")
    assert score(tiny, "gwen") == 0
    assert score(tiny, "hugo") == 100


def test_a_deleted_solution_cell_is_an_unanswered_exercise(tiny):
    def delete(nb):
        nb.cells.remove(cell_of(nb, "exercise-1"))

    tiny.submit("ida", change=delete)
    assert tiny.grade("ida")["ida"].graded
    assert score(tiny, "ida") == 0
    assert report.mistakes(tiny, "ida", "numbers") == [("1", "unanswered")]


def test_copied_cells_neither_stop_the_batch_nor_cost_points(tiny):
    def copy(nb):
        for name in ("exercise-1", "check-1", "hidden-1"):
            cell = cell_of(nb, name)
            twin = cell.copy()
            twin["id"] = f"{cell['id']}-twin"
            nb.cells.insert(nb.cells.index(cell), twin)

    tiny.submit("jan", change=copy)
    tiny.submit("kim")
    outcomes = tiny.grade("jan", "kim")
    assert outcomes["jan"].graded
    assert outcomes["kim"].graded
    assert score(tiny, "jan") == score(tiny, "kim") == 100


def test_raised_points_and_a_changed_test_are_put_right(tiny):
    def cheat(nb):
        cell = cell_of(nb, "check-1")
        cell.metadata["nbgrader"]["points"] = 1000
        cell.source = "pass"

    tiny.submit("lea", answer="def double(x):\n    return 0", change=cheat)
    tiny.grade("lea")
    assert score(tiny, "lea") == 0
    assert "check(" in cell_of(tiny.graded("lea"), "check-1").source


def test_a_test_cell_called_a_solution_is_still_a_test(tiny):
    def cheat(nb):
        for name in ("check-1", "hidden-1"):
            cell_of(nb, name).metadata["nbgrader"] |= {"solution": True, "locked": False}
            cell_of(nb, name).source = "pass"

    tiny.submit("max", answer="def double(x):\n    return 0", change=cheat)
    tiny.grade("max")
    assert score(tiny, "max") == 0


def test_a_renamed_notebook_is_found_and_the_file_stays(tiny):
    tiny.submit("nina", name="numbers (1).ipynb")
    assert tiny.grade("nina")["nina"].notes == ("numbers (1).ipynb is taken for numbers.ipynb.",)
    assert score(tiny, "nina") == 100
    folder = tiny.root / "submitted" / "nina" / "numbers"
    assert [path.name for path in folder.iterdir()] == ["numbers (1).ipynb"]


def test_a_cell_that_ends_python_costs_nothing_but_itself(tiny):
    def end(nb):
        place = nb.cells.index(cell_of(nb, "hidden-1"))
        nb.cells.insert(place, new_code_cell("import os; os._exit(1)", id="end"))

    tiny.submit("otto", change=end)
    assert tiny.grade("otto")["otto"].graded
    assert score(tiny, "otto") == 100
    (error,) = next(cell for cell in tiny.graded("otto").cells if cell.get("id") == "end").outputs
    assert "Python itself ended" in error.evalue


def test_one_long_line_of_output_is_cut(tiny):
    tiny.submit("pia", answer="def double(x):\n    return 2 * x\nprint('x' * 3_000_000)")
    tiny.grade("pia")
    assert score(tiny, "pia") == 100
    text = "".join(output["text"] for output in cell_of(tiny.graded("pia"), "exercise-1").outputs)
    assert len(text) < 101_000
    assert "output cut" in text


def test_what_is_no_notebook_ends_with_zero_and_the_reason_and_the_next_is_graded(tiny):
    folder = tiny.root / "submitted" / "quinn" / "numbers"
    folder.mkdir(parents=True)
    (folder / "numbers.ipynb").write_text("{ this is no JSON")
    tiny.submit("rosa")
    outcomes = tiny.grade("quinn", "rosa")
    assert "not valid JSON (line 1: Expecting property name" in outcomes["quinn"].notes[0]
    assert score(tiny, "quinn") == 0
    assert score(tiny, "rosa") == 100


def test_two_processes_give_the_scores_of_one(tiny):
    who = {"vic": None, "wes": "def double(x):\n    return x + x", "xia": "def double(x):\n    return 3 * x"}
    for student, answer in who.items():
        tiny.submit(student, answer=answer)
    heard = []
    outcomes = grade.grade(tiny, "numbers", who, heard.append, workers=executors.local(2))
    assert [outcome.student for outcome in outcomes] == sorted(who)
    assert {outcome.student for outcome in heard} == set(who)
    together = [score(tiny, student) for student in who]
    tiny.grade(*who)
    assert together == [score(tiny, student) for student in who] == [0, 100, 0]


def test_feedback_shows_the_explanation_and_runs_no_script_of_a_students(tiny):
    script = "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script><b>hello</b>'))"
    tiny.submit("uma", answer=f"{script}\ndef double(x):\n    return 3 * x")
    tiny.grade("uma")
    (page,) = grade.feedback(tiny, "numbers", ["uma"])
    text = page.read_text(encoding="utf-8")
    assert "Not triple." in text
    assert "<b>hello</b>" in text
    assert "<script>alert(1)" not in text


def test_a_page_that_cannot_be_made_in_time_still_says_the_score(tiny, monkeypatch):
    tiny.submit("vera", answer="def double(x):\n    return 2 * x")
    tiny.grade("vera")
    (whole,) = grade.feedback(tiny, "numbers", ["vera"])
    monkeypatch.setattr(grade, "_make_pages", lambda *_: [None for _ in iter(int, 1)])
    monkeypatch.setattr(grade, "config_of", lambda course: Config({"Examine": {"page_seconds": 0.5}}))
    (page,) = grade.feedback(tiny, "numbers", ["vera"])
    assert page == whole
    assert "(Score: 100 / 100)" in page.read_text(encoding="utf-8")
