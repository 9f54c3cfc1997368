"""What happens around an ordinary assignment: what is refused, looked at by a person, and shown to students."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest
from cells import KERNEL, role
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from examiner import cli
from examiner.commands import grade, release, report
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course

pytestmark = pytest.mark.slow

SOLUTION = """def parts():
    ### BEGIN SOLUTION
    return [1, 2, 3]
    ### END SOLUTION
def usual(): return True
def size(x): return 1
class Stack:
    def __init__(self): self.some = []
    def push(self, x): self.some.append(x)
    def pop(self): return self.some.pop()"""
TESTS = {
    "iterated": "assert sum(parts()) == 6",
    "handed": "given_it = 1 if usual() else np.random.default_rng(0)\nassert size(given_it) == 1",
    "class": "s = Stack()\ns.push(1)\ns.push(2)\nassert s.pop() == 2",
    "middle": """assert len(parts()) == 3
### BEGIN HIDDEN TESTS
assert parts()[2] == 3  # unseen
### END HIDDEN TESTS
assert parts()[0] == 1""",
}
RIGHT = SOLUTION[SOLUTION.index("class") :]
OF_LIST = "class Stack(list):\n    def push(self, x): self.append(x)"
WRONG = "class Stack(list):\n    def push(self, x): self.insert(0, x)"
ANSWERS = {
    "ada": f"def parts(): return [1, 2, 3]\ndef usual(): return True\ndef size(x): return 1\n{RIGHT}",
    "ben": f"def parts(): return (i for i in (1, 2, 3))\ndef usual(): return False\ndef size(x): return 1\n{OF_LIST}",
    "cleo": f"def parts(): return [1, 2, 4]\ndef usual(): return False\ndef size(x): return 2\n{WRONG}",
}


def course_of(root, course_root, tests: dict[str, str], kernel: dict = KERNEL) -> Course:
    folder = root / "source" / "ps"
    folder.mkdir(parents=True)
    shutil.copy(course_root / "nbgrader_config.py", root)
    made = [
        new_code_cell("import numpy as np", id="first", metadata=role("first", "locked")),
        new_code_cell(SOLUTION, id="parts", metadata=role("parts", "solution")),
        *(new_code_cell(source, id=name, metadata=role(name, "test")) for name, source in tests.items()),
    ]
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), folder / "main.ipynb")
    only_text = new_notebook(cells=[new_markdown_cell("# To read", id="read")], metadata={"kernelspec": KERNEL})
    nbformat.write(only_text, folder / "reading.ipynb")
    return Course(root)


@pytest.fixture(scope="module")
def course(tmp_path_factory, course_root) -> Course:
    course = course_of(tmp_path_factory.mktemp("ordinary") / "course", course_root, TESTS)
    assert release.release(course, "ps") == []
    for student, answer in ANSWERS.items():
        folder = course.root / "submitted" / student / "ps"
        shutil.copytree(course.release("ps"), folder)
        nb = nbformat.read(folder / "main.ipynb", as_version=4)
        next(cell for cell in nb.cells if cell["id"] == "parts").source = answer
        (folder / "main.ipynb").write_text(json.dumps(nb), encoding="utf-8")
        outcome = grade.grade_one(course, "ps", None, student)
        assert outcome.graded, outcome.reason
    return course


def grades(course: Course, student: str) -> dict[str, tuple[float, bool]]:
    with gradebook_of(course) as gradebook:
        books = gradebook.find_submission("ps", student).notebooks
        return {one.name: (one.auto_score, bool(one.needs_manual_grade)) for book in books for one in book.grades}


def test_two_notebooks_of_which_one_has_no_test_are_graded(course):
    assert grades(course, "ada") == dict.fromkeys(TESTS, (1.0, False))
    assert next(one.score for one in report.results(course, "ps") if one.student == "ada") == len(TESTS)


def test_what_passes_only_with_an_object_that_cannot_cross_is_for_a_person(course):
    assert grades(course, "ben")["iterated"] == (0.0, True)
    notes = next(one.notes for one in report.results(course, "ps") if one.student == "ben")
    assert any("Please look at the test iterated" in note for note in notes)


def test_so_is_what_passes_only_with_the_methods_that_a_value_has_there(course):
    assert grades(course, "ben")["class"] == (0.0, True)
    assert grades(course, "cleo")["class"] == (0.0, False)


def test_so_is_a_test_of_which_a_value_cannot_cross_in_one_submission(course):
    assert grades(course, "ben")["handed"] == (0.0, True)
    assert grades(course, "cleo")["handed"] == (0.0, False)


def test_feedback_says_what_was_compared_and_not_what_a_hidden_test_says(course):
    (page, _) = grade.feedback(course, "ps", ["cleo"])
    text = page.read_text("utf-8")
    assert "7 == 6 does not hold" in text
    assert "4 == 3" not in text  # a value of the hidden test
    assert "unseen" not in text


def test_a_solution_that_fails_its_own_test_stops_the_release(tmp_path, course_root, capsys):
    wrong = {"one": "assert len(parts()) == 3", "two": "assert parts() == [3]"}
    course = course_of(tmp_path / "course", course_root, wrong)
    assert cli.main(["--course", str(course.root), "release", "ps"]) == 2
    said = capsys.readouterr().err
    assert "main.ipynb: The solution fails its own tests." in said
    assert "the test two: within the student's process: AssertionError: [1, 2, 3] == [3] does not hold" in said
    assert "Traceback" not in said
    assert "the test one" not in said


def test_a_notebook_for_another_language_is_refused_in_a_sentence(tmp_path, course_root, capsys):
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    course = course_of(tmp_path / "course", course_root, TESTS, kernel)
    assert cli.main(["--course", str(course.root), "release", "ps"]) == 2
    said = capsys.readouterr().err
    assert said == "ps: main.ipynb is for the kernel R, but the examiner grades only Python notebooks.\n"
