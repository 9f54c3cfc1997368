"""What students get holds no answer, and is what a fresh build gives."""

import json

import nbformat
import pytest

from examiner.commands import release
from examiner.course.folders import Course
from examiner.errors import ExaminerError
from examiner.freezing import freeze, table_files
from examiner.freezing.source import Source


def assignments():
    return Course.here(__file__).assignments()


@pytest.fixture(params=assignments())
def released(request, course_root):
    """The committed release of each assignment: (folder, notebook, source notebook)."""
    course = Course.here(course_root)
    folder = course.release(request.param)
    source = course.notebook(request.param)
    read = [nbformat.read(path, as_version=4) for path in (folder / source.name, source)]
    return folder, *read


def test_a_release_holds_the_notebook_its_table_and_its_pictures_only(released):
    folder, *_ = released
    files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    odd = {
        path for path in files if path.parts[0] != "images" and path.name not in ("checks.json", f"{folder.name}.ipynb")
    }
    assert odd == set(), f"add these to CourseDirectory.ignore in nbgrader_config.py: {odd}"


def test_a_release_holds_no_solution_no_hidden_test_and_no_output(released):
    _, notebook, source = released
    text = json.dumps(notebook)
    assert "HIDDEN TESTS" not in text
    assert "BEGIN SOLUTION" not in text
    assert "freeze_inputs" not in text
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)
    released_cells = {cell["id"]: cell.source for cell in notebook.cells}
    for cell in source.cells:
        given_away = set(solution_lines(cell.source)) & {
            line.strip() for line in released_cells.get(cell["id"], "").splitlines()
        }
        assert not given_away, cell["id"]


def solution_lines(text):
    """Lines of code that stand in a solution region, long enough to give something away."""
    inside, found = False, []
    for line in text.splitlines():
        if "### END SOLUTION" in line:
            inside = False
        elif inside and len(line.strip()) > 20:
            found.append(line.strip())
        inside = inside or "### BEGIN SOLUTION" in line
    return found


def test_the_students_table_holds_no_hidden_check(released):
    folder, *_ = released
    table = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    assert all("." not in key for key in table["checks"])


def test_cell_ids_are_those_of_the_source(released):
    _, notebook, source = released
    ids = [cell["id"] for cell in source.cells]
    assert [cell["id"] for cell in notebook.cells] == [i for i in ids if i in {cell["id"] for cell in notebook.cells}]


@pytest.mark.slow
def test_the_committed_release_is_what_a_fresh_build_gives(course_root):
    course = Course.here(course_root)
    for assignment in assignments():
        assert release.stale(course, assignment) == [], f"run: examiner release {assignment}"


def test_a_changed_file_is_named(tiny):
    path = tiny.release("numbers") / "checks.json"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + " ", encoding="utf-8")
    assert release.stale(tiny, "numbers") == ["checks.json"]
    path.write_text(before, encoding="utf-8")
    assert release.stale(tiny, "numbers") == []


def test_stale_tables_are_not_released_and_the_command_is_named(tiny):
    words = tiny.source("numbers") / "misconceptions.toml"
    before = words.read_text(encoding="utf-8")
    words.write_text(before.replace("Not half.", "Not one half."), encoding="utf-8")
    with pytest.raises(ExaminerError, match="examiner freeze numbers"):
        release.release(tiny, "numbers")
    words.write_text(before, encoding="utf-8")
    assert table_files.stale(tiny.source("numbers"), freeze.freeze(Source.read(tiny.notebook("numbers")))) == []
