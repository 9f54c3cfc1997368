"""The driver itself: what it does in a real JupyterLab is what a student's hands would do."""

from __future__ import annotations

import re

import nbformat
import psutil
import pytest
from lab import Lab, LabError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
PNG_HEAD = b"\x89PNG\r\n"

GRADED = {"grade": True, "grade_id": "t", "locked": True, "points": 1, "solution": False, "task": False}
GRADED |= {"cell_type": "code", "schema_version": 3}

FIGURE = """
import base64, struct, zlib
from IPython.display import Image
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
rows = (b"\\0" + b"\\xd0\\x30\\x30" * 90) * 60
Image(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 60, 8, 2, 0, 0, 0))
      + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
"""


CELLS = [
    new_markdown_cell("# The answer", id="heading"),
    new_code_cell("answer = None\nanswer", id="answer"),
    new_code_cell(FIGURE.strip(), id="figure"),
    new_code_cell("assert answer == 42, 'not yet'", id="test", metadata={"nbgrader": GRADED, "editable": False}),
    new_code_cell("for i in range(90):\n    print('line', i)", id="long"),
]


@pytest.fixture(scope="module")
def lab(lab_at, tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    nbformat.write(new_notebook(cells=CELLS, metadata=PYTHON), root / "student.ipynb")
    return lab_at(root)


@pytest.fixture(scope="module")
def opened(lab):
    return lab.open("student.ipynb")


@pytest.fixture
def notebook(opened):
    """A student's notebook: open (which takes seconds, hence once), its sources as at first, and nothing run yet."""
    for i, cell in enumerate(CELLS):
        opened.set_source(i, cell.source)
    opened.restart_kernel()
    opened.page.evaluate("() => jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    opened.console_errors.clear()
    return opened


def test_cells_are_found_by_their_text_and_by_their_id(notebook):
    assert notebook.cells() == 5
    assert notebook.index_of("answer = ") == 1
    assert notebook.index_of_id("long") == 4
    assert notebook.source(0) == "# The answer"
    with pytest.raises(LookupError, match="nowhere"):
        notebook.index_of("nowhere")
    with pytest.raises(IndexError, match="no cell 5"):
        notebook.source(5)


def test_typing_a_mistake_shows_the_error_and_a_right_source_the_result(notebook):
    answer = notebook.index_of_id("answer")
    notebook.type_into(answer, "1/0")
    assert notebook.source(answer) == "1/0"
    assert "ZeroDivisionError: division by zero" in notebook.run(answer)
    assert "\x1b" not in notebook.output_text(answer)
    notebook.set_source(answer, "print('six times seven')\n6 * 7")
    assert notebook.run(answer) == "six times seven\n42"
    assert "42" in notebook.output_html(answer)


def test_several_lines_are_typed_as_they_stand(notebook):
    source = "def f(x):\n    if x:\n        return [x, '(']\n\nf(1)"
    notebook.type_into(1, source)
    assert notebook.run(1) == "[1, '(']"
    notebook.type_into(0, "# Another *title*")
    notebook.run(0)
    assert notebook.cell(0).locator("h1").inner_text().startswith("Another title")


def test_typing_into_a_locked_cell_is_refused(notebook):
    with pytest.raises(LabError, match=r"Cell 3 of student\.ipynb is locked"):
        notebook.type_into(3, "pass")
    assert notebook.source(3) == CELLS[3].source


def test_validate_fails_until_the_answer_is_right(notebook):
    text = notebook.validate()
    assert "The following cell failed" in text
    assert "AssertionError: not yet" in text
    notebook.type_into(notebook.index_of_id("answer"), "answer = 42")
    assert "Success! Your notebook passes all the tests." in notebook.validate()


def test_saving_writes_what_was_typed(notebook, lab):
    notebook.type_into(1, "answer = 42")
    notebook.save()
    assert nbformat.read(lab.root / notebook.path, as_version=4).cells[1].source == "answer = 42"


def test_running_all_shows_the_failure_and_then_every_result(notebook):
    notebook.run_all()
    assert "AssertionError: not yet" in notebook.output_text(3)
    notebook.set_source(1, "answer = 42\nanswer")
    notebook.run_all()
    assert notebook.output_text(1) == "42"
    assert notebook.output_text(3) == ""
    assert notebook.output_text(4).endswith("line 89")


def test_an_image_appears_under_its_cell(notebook):
    notebook.run(notebook.index_of_id("figure"))
    assert '<img src="data:image/png;base64,' in notebook.output_html(2)
    assert notebook.cell(2).locator("img").bounding_box()["width"] == 90


def test_a_screenshot_of_a_cell_is_as_high_as_the_cell(notebook, screenshots):
    notebook.run(2)
    notebook.run(4)
    page = notebook.screenshot(screenshots / "lab-page.png").read_bytes()
    cell = notebook.screenshot(screenshots / "lab-cell.png", cell=4).read_bytes()
    window = notebook.screenshot(screenshots / "lab-window.png", cell=2, height=1300).read_bytes()
    assert page.startswith(PNG_HEAD)
    assert png_height(page) == 900
    assert png_height(cell) == pytest.approx(notebook.cell(4).bounding_box()["height"], abs=2)
    assert png_height(cell) > 900
    assert png_height(window) == 1300
    assert notebook.page.viewport_size["height"] == 900


def png_height(data: bytes) -> int:
    return int.from_bytes(data[20:24])


def test_a_restarted_kernel_has_forgotten(notebook):
    notebook.set_source(1, "answer = 42")
    notebook.run(1)
    notebook.restart_kernel()
    assert "NameError" in notebook.run(3)


def test_a_reopened_notebook_has_a_new_kernel_and_nothing_unsaved(lab):
    nbformat.write(new_notebook(cells=CELLS, metadata=PYTHON), lab.root / "again.ipynb")
    with lab.open("again.ipynb") as notebook:
        notebook.set_source(1, "answer = 42")
        notebook.run(1)
    assert "again.ipynb" not in [session["path"] for session in lab.request("GET", "/api/sessions")]
    with lab.open("again.ipynb") as notebook:
        assert notebook.source(1) == "answer = None\nanswer"
        assert "NameError" in notebook.run(3)


def test_a_notebook_that_is_not_there_is_refused_at_once(lab):
    with pytest.raises(FileNotFoundError, match=r"There is no nowhere\.ipynb"):
        lab.open("nowhere.ipynb")


def test_the_theme_changes(notebook, screenshots):
    light = brightness(notebook)
    with notebook.in_theme("JupyterLab Dark"):
        notebook.screenshot(screenshots / "lab-dark.png")
        assert brightness(notebook) < 100 < 200 < light
    assert brightness(notebook) == light


def brightness(notebook) -> float:
    editor = notebook.cell(1).locator(".jp-InputArea-editor")
    color = editor.evaluate("node => getComputedStyle(node).backgroundColor")
    return sum(map(int, re.findall(r"\d+", color)[:3])) / 3


def test_errors_of_the_page_are_collected(notebook):
    notebook.run(1)
    assert notebook.console_errors == []
    notebook.set_source(1, "from IPython.display import Javascript\nJavascript(\"console.error('something broke')\")")
    notebook.run(1)
    notebook.output_html(1)
    assert [error for error in notebook.console_errors if "something broke" in error]


def test_a_cell_that_takes_too_long_is_reported_with_the_state_of_the_kernel(notebook):
    notebook.set_source(1, "import threading")
    notebook.run(1)  # so that the kernel is there, and not still starting, when the second is over
    notebook.set_source(1, "threading.Event().wait(600)")
    with pytest.raises(LabError, match=r"1 s for cell 1 to finish(.|\n)*Kernel: busy"):
        notebook.run(1, timeout=1)


@pytest.mark.parametrize("crashed", [False, True])
def test_stopping_a_lab_ends_its_processes_and_no_other(crashed, browser, lab, tmp_path):
    with Lab(tmp_path, browser) as other:
        other.request("POST", "/api/kernels")
        server = psutil.Process(other._server.pid)
        family = [server, *server.children(recursive=True)]
        assert len(family) > 1
        if crashed:
            server.kill()
            server.wait()
    assert not [p for p in family if p.is_running()]
    assert not other._home.exists()
    assert lab.request("GET", "/api/status")["started"]


def test_variables_given_to_a_lab_reach_its_kernels(lab_at, tmp_path):
    nbformat.write(new_notebook(cells=[new_code_cell("import ours; ours.x")], metadata=PYTHON), tmp_path / "a.ipynb")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "ours.py").write_text("x = 'found'")
    lab = lab_at(tmp_path, env={"PYTHONPATH": str(tmp_path / "lib")})
    assert lab.open("a.ipynb").run(0) == "'found'"
