"""A student trains the small ReLU network in JupyterLab: wrong first, explained, then right, to the last cell."""

from __future__ import annotations

import pytest

from examiner.commands import release, simulate
from examiner.course import alternatives, misconceptions, source_notebook
from examiner.course.folders import Course

NAME = "relu_network"


@pytest.fixture(scope="module")
def course(course_root):
    return Course.here(course_root)


@pytest.fixture(scope="module")
def known(course):
    """The words of the assignment, and its solutions by exercise."""
    cells = source_notebook.cells(source_notebook.read(course.notebook(NAME)))
    return misconceptions.read(course.source(NAME)), {
        cell.exercise: cell.source for cell in cells if cell.role == "solution"
    }


@pytest.fixture(scope="module")
def student(course, lab_at, tmp_path_factory):
    """What a student gets, open in JupyterLab, with the given functions run."""
    scratch = release.scratch_course(course, tmp_path_factory.mktemp("relu") / "course", [NAME])
    release.generate(scratch, NAME)
    with lab_at(scratch.release(NAME)).open(f"{NAME}.ipynb") as opened:
        for cell in ("imports", "helpers", "pairs"):
            opened.run(opened.index_of_id(cell))
        yield opened


def answered(student, exercise: str, source: str) -> str:
    """Type an answer, run it and its check, and return what the check says, in one line."""
    for cell in (f"exercise-{exercise}", f"check-{exercise}"):
        place = student.index_of_id(cell)
        if cell.startswith("exercise"):
            student.type_into(place, simulate.without_markers(source))
        said = student.run(place)
    return flat(said)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_function_called_on_an_array_is_explained_and_the_right_one_passes(student, known, screenshots):
    told, solutions = known
    mistake = next(mistake for mistake in told.misconceptions if mistake.id == "relu-called-on-an-array")
    said = answered(student, "1", mistake.apply(solutions["1"]))
    assert "ValueError in rectified_linear_unit" in said
    assert flat(mistake.hint) in said
    assert flat(mistake.ask) in said
    assert "Traceback" not in said
    student.screenshot(screenshots / "relu-forward-wrong.png", cell=student.index_of_id("check-1"))
    assert "✓ Exercise 1 · forward · right" in answered(student, "1", solutions["1"])


def test_a_quiz_answered_wrong_explains_the_chosen_lines_of_code_and_answered_right_all_of_them(
    student, known, screenshots
):
    told, solutions = known
    options = next(quiz["option"] for quiz in told.quizzes if quiz["key"] == "3")
    card = student.index_of_id("card-3")
    assert "e * np.multiply(V.T, r)" in student.run(card)
    assert "$" not in student.cell(card).locator(".jp-RenderedMarkdown").inner_text()
    said = answered(student, "3", 'answer_3 = ["A", "B"]')
    assert "✗ B wrongly chosen" in said
    assert [option["label"] for option in options if flat(option["because"]) in said] == ["A", "B"]
    student.screenshot(screenshots / "relu-quiz-wrong.png", cell=student.index_of_id("check-3"))
    said = answered(student, "3", solutions["3"])
    assert "✓ Exercise 3 · Which product? · right" in said
    assert [option["label"] for option in options if flat(option["because"]) not in said] == []


def test_a_number_that_went_uphill_is_told_so(student, known):
    said = answered(student, "2", "answer_2 = 0.997")
    assert "Your sign is wrong: the step went uphill" in said
    assert "✓ Exercise 2 · One step by hand · right" in answered(student, "2", known[1]["2"])


def test_the_original_class_with_np_matrix_may_be_pasted_in(student, course, known):
    (original,) = (
        alternative.solution
        for alternative in alternatives.read(course.source(NAME))
        if alternative.exercise == "5" and "np.matrix" in alternative.solution and "original" in alternative.style
    )
    student.set_source(student.index_of_id("exercise-5"), original)
    for cell in ("exercise-5", "weights", "check-5", "figures-5"):
        said = student.run(student.index_of_id(cell))
        if cell == "check-5":
            assert "✓ Exercise 5 · NeuralNetwork.train · right" in said
            assert "Note" not in said
    assert said.splitlines()[-1] == "((6, 6), 42) [1.04523414 1.04847162] 1.09237808 0.01108051"


def test_solved_it_runs_to_the_end_and_validates(student, known, screenshots):
    for exercise, source in known[1].items():
        student.set_source(student.index_of_id(f"exercise-{exercise}"), simulate.without_markers(source))
    student.restart_kernel()
    student.run_all()
    assert "11 of 11 exercises · 40 of 40 visible points" in student.output_text(student.index_of_id("check-11"))
    for cell in ("curves", "paths", "sums"):
        place = student.index_of_id(cell)
        assert '<img src="data:image/png;base64,' in student.output_html(place)
        student.screenshot(screenshots / f"relu-{cell}.png", cell=place)
    student.save()
    assert "Success" in student.validate()
    assert student.console_errors == []
