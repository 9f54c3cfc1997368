"""What docs/writing.md shows is an assignment: its cells and files, taken from the page as they stand, work."""

from __future__ import annotations

import re
import shutil
import textwrap

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from examiner.cli import main
from examiner.course import misconceptions
from examiner.course.folders import CONFIG, Course

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NAME = "gradients"
STEP = re.compile(r"^(\d+)\. \*\*([\w ]+)\*\*, (.*?)(?=^\d+\. |\n\n[A-Z])", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
KINDS = {
    "Solution": {"grade": False, "solution": True, "locked": False},
    "Check": {"grade": True, "solution": False, "locked": True},
    "Hidden tests": {"grade": True, "solution": False, "locked": True},
}


@pytest.fixture(scope="module")
def page(course_root) -> str:
    return (course_root / "docs" / "writing.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return [textwrap.dedent(found[3]) for found in BLOCK.finditer(text) if found[2] == language]


def section(page: str, title: str) -> str:
    return page.partition(f"## {title}\n")[2].partition("\n## ")[0]


def cells(page: str) -> list:
    """Return the cells that the page lists, with the ids, tags and points that it says."""
    made = []
    for step in STEP.finditer(section(page, "The cells of an exercise")):
        said, code = step[3], blocks(step[3], "python")
        if not code:
            made.append(new_markdown_cell(f"{said.strip()} ({step[2]} {step[1]})"))
            continue
        tags = re.findall(r"tagged `(\w+)`", said)
        metadata: dict = {"tags": tags} if tags else {}
        if step[2] in KINDS:
            (grade_id,) = re.findall(r"`([a-z]+-[\d.]+)`", said.partition("```")[0])
            metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, "task": False, **KINDS[step[2]]}
            if points := re.search(r"(\d+) points", said):
                metadata["nbgrader"]["points"] = int(points[1])
        made.append(new_code_cell(code[0].rstrip("\n"), metadata=metadata))
    return made


@pytest.fixture(scope="module")
def course(page, tmp_path_factory, course_root) -> Course:
    root = tmp_path_factory.mktemp("page")
    shutil.copy(course_root / CONFIG, root)
    folder = root / "source" / NAME
    folder.mkdir(parents=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(cells=cells(page), metadata={"kernelspec": kernel})
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(made, folder / f"{NAME}.ipynb")
    words, _, alternatives = blocks(section(page, "misconceptions.toml"), "toml")
    (folder / "misconceptions.toml").write_text(words, encoding="utf-8")
    (folder / "alternatives.toml").write_text(alternatives, encoding="utf-8")
    return Course(root)


def run(course: Course, *words: str) -> int:
    return main(["--course", str(course.root), *words])


def test_its_cells_become_a_released_and_graded_assignment(course, capsys):
    for command in (["lint", NAME], ["freeze", NAME], ["lint", NAME, "--mutants"], ["release", NAME]):
        assert run(course, *command) == 0, capsys.readouterr().out
    nb = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", 4)
    answers = {"exercise-1": "def mean_gradient(X, errors):\n    return X @ errors.T", "exercise-2": 'answer_2 = "B"'}
    for cell in nb.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    folder = course.root / "submitted" / "ada" / NAME
    shutil.copytree(course.release(NAME), folder)
    nbformat.write(nb, folder / f"{NAME}.ipynb")
    assert run(course, "grade", NAME) == 0
    text = (course.root / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    assert "You add over the examples, but do not take the mean." in text
    assert run(course, "report", NAME) == 0
    assert re.search(r"ada\W.*\b60\b", capsys.readouterr().out)  # half of 80 for the known mistake, and the quiz's 20


def test_its_first_commands_work_as_they_stand(page, tmp_path, course_root, capsys):
    shutil.copy(course_root / CONFIG, tmp_path)
    commands = blocks(section(page, "The first one, in a few commands"), "")[0]
    for line in commands.splitlines():
        program, *words = line.partition("#")[0].split()
        assert program.endswith("/examiner")
        assert run(Course(tmp_path), *words) == 0, (line, capsys.readouterr())
    assert (tmp_path / "gradebook.db").is_file()


def test_the_table_of_keys_names_keys_that_are_read(page):
    keys = re.findall(r"^\| `(\w+) = ", section(page, "misconceptions.toml"), re.MULTILINE)
    read = {*misconceptions.KNOWN, *misconceptions.EXERCISE, *misconceptions.MISCONCEPTION, *misconceptions.QUIZ}
    assert len(keys) == 10
    assert set(keys) <= read
