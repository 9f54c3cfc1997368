"""A new student works through every notebook, each exercise wrong first and then right."""

import json
import shutil

import pytest

from examiner.commands import simulate
from examiner.course import misconceptions, source_notebook
from examiner.course.folders import Course

COURSE = Course.here(__file__)


def in_one_line(text):
    return " ".join(text.split())


def wrong_answers(assignment):
    """Return, for each exercise, a wrong source of its solution cell and words that its explanation has to hold."""
    table = json.loads((COURSE.source(assignment) / "checks.json").read_text(encoding="utf-8"))
    cells = source_notebook.cells(source_notebook.read(COURSE.notebook(assignment)))
    sources = {cell.exercise: cell.source for cell in cells if cell.role == "solution"}
    found = {}
    for mistake in misconceptions.read(COURSE.source(assignment)).misconceptions:
        shows = mistake.id in table["checks"].get(mistake.exercise, {"wrong": {}})["wrong"]
        if shows and mistake.exercise not in found:
            wrong = simulate.without_markers(mistake.apply(sources[mistake.exercise]))
            found[mistake.exercise] = (wrong, mistake.hint)
    for key, quiz in table["quizzes"].items():
        none = "123.456" if quiz["kind"] == "number" else "[]" if quiz["kind"] == "several" else '"?"'
        found[key] = (f"{quiz['answer']} = {none}", "not right yet")
    return found, {exercise: simulate.without_markers(source) for exercise, source in sources.items()}


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_each_exercise_explains_a_wrong_answer_and_welcomes_the_right_one(assignment, lab_at, tmp_path, screenshots):
    shutil.copytree(COURSE.release(assignment), tmp_path / assignment)
    wrong, right = wrong_answers(assignment)
    cells = source_notebook.read(COURSE.release(assignment) / COURSE.notebook(assignment).name).cells
    place = {cell["id"]: i for i, cell in enumerate(cells)}
    seen = []
    with lab_at(tmp_path, env={"BACKPROP_DATA": "digits"}).open(f"{assignment}/{assignment}.ipynb") as page:
        for i, cell in enumerate(cells):
            role, exercise = source_notebook.role_of(cell)
            if cell.cell_type != "code":
                continue
            if role == "solution" and exercise in wrong:
                page.type_into(i, wrong[exercise][0])
            elif role == "solution":
                page.type_into(i, right[exercise])
            text = page.run(i, timeout=120)
            if role == "check" and exercise in wrong:
                assert in_one_line(wrong[exercise][1]) in in_one_line(text), (exercise, text)
                assert "Traceback" not in text
                page.screenshot(screenshots / f"{assignment}-{exercise}-wrong.png", cell=i)
                page.type_into(place[f"exercise-{exercise}"], right[exercise])
                for again in range(place[f"exercise-{exercise}"], i + 1):
                    if cells[again].cell_type == "code":
                        text = page.run(again, timeout=120)
                seen.append(exercise)
            if role == "check":
                assert "· right" in text, (exercise, text)
        assert page.console_errors == []
    assert seen, "no exercise was answered wrongly"
