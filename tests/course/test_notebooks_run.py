"""Every notebook runs in a real kernel: the released one to its first unsolved cell, the solved one to its end."""

from __future__ import annotations

import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from examiner.course.folders import Course

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(course_root):
    return Course.here(course_root)


def run(path, folder):
    """Run the notebook `path` in `folder` until its first error, and return it."""
    nb = nbformat.read(path, as_version=4)
    client = NotebookClient(nb, timeout=240, allow_errors=False, resources={"metadata": {"path": str(folder)}})
    try:
        client.execute()
    except Exception as error:
        return nb, error
    return nb, None


def erring(nb) -> list[str]:
    """Return the cells that ended in an error, but for those that are meant to, and stop nothing."""
    cells = [cell for cell in nb.cells if "raises-exception" not in cell.metadata.get("tags", [])]
    return [cell["id"] for cell in cells for output in cell.get("outputs", []) if output.output_type == "error"]


def test_a_released_notebook_runs_to_its_first_unsolved_cell(course, assignment, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    folder = shutil.copytree(course.release(assignment), tmp_path / assignment)
    path = folder / course.notebook(assignment).name
    nb, error = run(path, folder)
    unsolved = [
        cell["id"] for cell in nb.cells if "raise NotImplementedError" in cell.source and cell.cell_type == "code"
    ]
    ran = [cell["id"] for cell in nb.cells if cell.get("execution_count")]
    failed = erring(nb)
    assert error is not None
    assert len(failed) == 1
    # A stub that defines a function raises only when it is called, which the next cell or its check does.
    assert unsolved[0] in ran
    order = [cell["id"] for cell in nb.cells]
    its_check = next(id for id in order[order.index(unsolved[0]) :] if id.startswith("check-"))
    assert order.index(unsolved[0]) <= order.index(failed[0]) <= order.index(its_check)


@pytest.mark.parametrize("data", ["digits", pytest.param("mnist", marks=pytest.mark.needs_mnist)])
def test_a_solved_notebook_runs_to_its_end(course, assignment, data, tmp_path, monkeypatch):
    if data == "digits":
        monkeypatch.setenv("BACKPROP_DATA", "digits")
    elif "load_mnist" not in course.notebook(assignment).read_text(encoding="utf-8"):
        pytest.skip(f"{assignment} reads no data")
    folder = shutil.copytree(course.source(assignment), tmp_path / assignment)
    nb, error = run(folder / course.notebook(assignment).name, folder)
    assert error is None, error
    checks = [cell for cell in nb.cells if cell["id"].startswith(("check-", "hidden-"))]
    assert all("✓" in str(cell.outputs) for cell in checks)
    assert not any(
        output.name == "stderr" for cell in nb.cells for output in cell.get("outputs", []) if "name" in output
    )
