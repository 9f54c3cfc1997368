"""What students are given starts with Python alone, and holds nothing that is not theirs."""

from __future__ import annotations

import ast
import importlib.util
import json
import ntpath
import re
import zipfile
from pathlib import Path

import pytest

from backprop.answers import alone
from examiner.cli import main
from examiner.commands import bundle
from examiner.course import source_notebook
from examiner.course.folders import Course
from examiner.errors import ExaminerError

pytestmark = pytest.mark.slow
# A widget computes what it draws, by formulas that its lesson prints: its model may hold such a line, nothing else may.
MODEL = re.compile(r"/backprop/widgets/\w+/model\.(py|js)$")
START = bundle.TEMPLATE / "start.py"


@pytest.fixture(scope="module")
def course(course_root) -> Course:
    return Course.here(course_root)


@pytest.fixture(scope="module")
def made(course, tmp_path_factory) -> Path:
    """The folder, with its zip beside it."""
    return bundle.bundle(course, course.assignments(), tmp_path_factory.mktemp("bundle")).with_suffix("")


@pytest.fixture(scope="module")
def contents(made) -> dict[str, bytes]:
    """Every file that students get, those within the wheel too, by its path."""
    found = {}
    with zipfile.ZipFile(made.with_suffix(".zip")) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
    (wheel,) = (name for name in found if name.endswith(".whl"))
    with zipfile.ZipFile(made.parent / wheel) as archive:
        found |= {f"{wheel}/{name}": archive.read(name) for name in archive.namelist()}
    for name in [name for name in found if name.endswith(".ipynb")]:  # what a notebook carries is compressed
        metadata = json.loads(found[name])["metadata"]
        found[f"{name}/carried"] = (alone.unpacked(metadata, Path(name).stem) or "").encode()
    return found


def test_it_holds_the_notebooks_their_tables_the_package_and_a_way_to_start(contents, course):
    names = {name.removeprefix("course/") for name in contents}
    assert {"start.py", "README.md", "requirements.txt", "requirements-tensorflow.txt"} <= names
    assert b'FIRST = "start_here/start_here.ipynb"' in contents["course/start.py"]
    for assignment in course.assignments():
        assert {f"notebooks/{assignment}/{assignment}.ipynb", f"notebooks/{assignment}/checks.json"} <= names
    assert any(re.fullmatch(r"wheels/backprop_course-.*\.whl/backprop/check\.py", name) for name in names)


def test_the_wheel_and_each_notebook_hold_the_visible_table_and_no_other(contents, course):
    lessons = {name: data for name, data in contents.items() if "/backprop/lessons/" in name}
    assert len(lessons) == len(course.assignments())
    for assignment in course.assignments():
        table = contents[f"course/notebooks/{assignment}/checks.json"]
        (lesson,) = (data for name, data in lessons.items() if name.endswith(f"/{assignment}.json"))
        assert lesson == contents[f"course/notebooks/{assignment}/{assignment}.ipynb/carried"] == table
        hidden = json.loads((course.source(assignment) / "hidden.json").read_text(encoding="utf-8"))["checks"]
        assert hidden.keys().isdisjoint(json.loads(table)["checks"])


def test_no_file_is_the_examiners_or_of_the_source(contents):
    theirs = ("hidden.json", "misconceptions.toml", "alternatives.toml", "nbgrader_config.py")
    odd = [name for name in contents if name.endswith(theirs) or "/examiner/" in name or "source/" in name]
    assert odd == []


def test_no_byte_of_it_gives_a_solution_or_a_hidden_test_away(contents, course):
    for assignment in course.assignments():
        nb = source_notebook.read(course.notebook(assignment))
        for cell in nb.cells:
            for mark in ("SOLUTION", "HIDDEN TESTS"):
                for part in re.findall(rf"### BEGIN {mark}\n(.*?)### END {mark}", cell.source, re.DOTALL):
                    lines = [line.strip() for line in part.splitlines() if len(line.strip()) > 30]
                    given = [line for line in lines if is_given(line, nb)]
                    for line in set(lines) - set(given):
                        shown = [name for name, data in contents.items() if line.encode() in data]
                        shown = [name for name in shown if not MODEL.search(name)]
                        assert shown == [], (assignment, line)
    assert not any(b"BEGIN SOLUTION" in data or b"BEGIN HIDDEN" in data for data in contents.values())


def is_given(line: str, nb) -> bool:
    """Whether students are shown a line elsewhere in the notebook: another exercise may be given what one asks for."""
    return any(line in re.sub(r"### BEGIN (.*?)\n.*?### END \1", "", cell.source, flags=re.DOTALL) for cell in nb.cells)


def test_the_same_files_make_the_same_zip(made):
    before = made.with_suffix(".zip").read_bytes()
    assert bundle.zipped(made).read_bytes() == before


def test_what_is_installed_is_pinned_and_holds_no_tensorflow_and_no_nbgrader(contents):
    lines = contents["course/requirements.txt"].decode().splitlines()
    names = {line.split("==")[0].lower() for line in lines}
    assert all("==" in line for line in lines)
    assert {"jupyterlab", "numpy", "ipywidgets", "anywidget", "contourpy"} <= names
    assert {"tornado", "fqdn", "webcolors"} <= names  # what others bring along, by an extra too
    assert not {"tensorflow", "keras", "nbgrader", "sqlalchemy", "pytest"} & names
    assert "tensorflow==" in contents["course/requirements-tensorflow.txt"].decode()


def test_an_assignment_without_a_release_is_refused(tmp_path, course_root):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    with pytest.raises(ExaminerError, match="Run: examiner release numbers"):
        bundle.bundle(Course(tmp_path), ["numbers"], tmp_path / "out")


def test_the_command_says_where_it_is(course, capsys):
    assert main(["bundle", "start_here"]) == 0
    assert capsys.readouterr().out.startswith("build/bundle/course.zip: ")


@pytest.fixture(scope="module")
def start():
    """The script, as a module; importing it starts nothing."""
    spec = importlib.util.spec_from_file_location("start", START)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_uses_the_standard_library_alone(start):
    import sys

    nodes = ast.walk(ast.parse(START.read_text(encoding="utf-8")))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= set(sys.stdlib_module_names)


def test_the_script_is_python_of_ten_years_ago_so_that_an_old_one_can_say_that_it_is_old(start):
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert start.too_old((3, 8, 1)).startswith("This is Python 3.8, and the course needs 3.11 or newer.")
    assert start.too_old((3, 11, 0)) == start.too_old((4, 0, 0)) == ""


def test_it_finds_the_environments_python_on_each_system(start):
    assert start.python_of(r"C:\Users\Ada L\course\.venv", "nt", ntpath.join) == (
        r"C:\Users\Ada L\course\.venv\Scripts\python.exe"
    )
    assert start.python_of("/Users/ada/course/.venv", "posix") == "/Users/ada/course/.venv/bin/python"


def test_it_installs_again_only_where_something_else_is_wanted(start, made, monkeypatch):
    monkeypatch.setattr(start, "HERE", str(made))
    parts = start.wanted([])
    assert parts[:2] == ["-r", str(made / "requirements.txt")]
    assert parts[-1].endswith(".whl")
    assert start.said_in(parts) == start.said_in(start.wanted(["--no-browser"]))
    assert start.said_in(parts) != start.said_in(start.wanted(["--tensorflow"]))


def test_one_sentence_says_what_to_do_where_no_environment_can_be_made(start, made, monkeypatch):
    monkeypatch.setattr(start, "HERE", str(made))
    monkeypatch.setattr(start.subprocess, "call", lambda command, **kwargs: 1)
    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        start.install([])
