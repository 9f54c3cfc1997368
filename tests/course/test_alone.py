"""A released notebook says what to install, and works where it is the only file."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import nbformat
import pytest

from backprop.answers import alone
from examiner.course.folders import Course

RUN = """
import json, sys
# An editable install finds parts of the course's package even where another one has its name.
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in getattr(finder, "__module__", "")]
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        result = shell.run_cell("".join(cell["source"]))
        error = result.error_in_exec or result.error_before_exec
        if error:
            sys.exit(f"{cell['id']}: {type(error).__name__}: {error}")
"""


@pytest.fixture
def released(course_root, assignment):
    course = Course.here(course_root)
    return course.release(assignment) / course.notebook(assignment).name


def test_it_carries_the_table_that_lies_beside_it_and_nothing_that_is_hidden(released, assignment, course_root):
    metadata = nbformat.read(released, as_version=4).metadata
    carried = alone.unpacked(dict(metadata), assignment)
    assert carried == (released.parent / "checks.json").read_text(encoding="utf-8")
    assert set(metadata[alone.KEY]) == {"assignment", "checks"}
    hidden = json.loads((Course.here(course_root).source(assignment) / "hidden.json").read_text(encoding="utf-8"))
    assert hidden["checks"].keys().isdisjoint(json.loads(carried)["checks"])


def ran(path, course_root, folder):
    env = os.environ | {"PYTHONPATH": str(course_root), "IPYTHONDIR": str(folder), "MPLBACKEND": "agg"}
    env |= {"BACKPROP_DATA": "digits"}
    command = [sys.executable, "-c", RUN, path.name]
    return subprocess.run(command, cwd=path.parent, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.slow
def test_alone_in_a_folder_its_first_unanswered_check_says_so(released, assignment, course_root, tmp_path):
    path = tmp_path / "work" / f"{assignment} (1).ipynb"
    path.parent.mkdir()
    path.write_bytes(released.read_bytes())
    said = ran(path, course_root, tmp_path)
    assert "checks.json" not in said.stdout + said.stderr  # it was found
    if assignment != "start_here":
        assert "✗ Exercise 1" in said.stdout or "NotImplementedError" in said.stderr


@pytest.mark.slow
def test_where_the_package_is_missing_the_first_cell_says_in_one_sentence_what_to_install(
    released, assignment, tmp_path
):
    (tmp_path / "lib" / "backprop").mkdir(parents=True)  # another package of that name, as PyPI has one
    (tmp_path / "lib" / "backprop" / "__init__.py").touch()
    said = ran(released, tmp_path / "lib", tmp_path)
    if assignment == "start_here":
        assert "%pip install, and the" in said.stdout
    else:
        wanted = "Install the course's own package first: %pip install, and the file backprop_course-….whl"
        assert said.stderr.startswith(f"install: ImportError: {wanted}")
