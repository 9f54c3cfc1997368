"""What lies beside a notebook, and what waits for somebody in it, takes no points and no page of feedback.

A notebook that another one runs lies beside it where it is graded; a copy of the assignment does not.
"""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from examiner.commands import grade, report

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LOOK = "import os\nprint(sorted(n for n in os.listdir() if 'ipynb' in n))\n"


def helper(source: str):
    return new_notebook(cells=[new_code_cell(source, id="one")])


def handed_in(tiny, student: str, answer: str, **books) -> float:
    tiny.submit(student, answer=answer)
    for name, nb in books.items():
        path = tiny.root / "submitted" / student / "numbers" / f"{name}.ipynb"
        path.write_text(json.dumps(nb), encoding="utf-8")
    tiny.grade(student)
    return next(result.score for result in report.results(tiny, "numbers") if result.student == student)


def seen(tiny, student: str) -> str:
    return "".join(output.get("text", "") for cell in tiny.graded(student).cells for output in cell.get("outputs", []))


def test_a_helper_that_is_run_defines_what_it_defines(tiny):
    book = helper("def twice(x):\n    return 2 * x")
    assert handed_in(tiny, "ada", "%run helpers.ipynb\ndef double(x):\n    return twice(x)", helpers=book) == 100
    (page,) = grade.feedback(tiny, "numbers", ["ada"])
    assert page.name == "numbers.html"


def test_neither_the_graded_notebook_nor_a_copy_of_it_lies_there(tiny):
    answer = LOOK + "def double(x):\n    return 2 * x"
    assert handed_in(tiny, "ben", answer, helpers=helper("1"), other=tiny.released()) == 100
    assert "['helpers.ipynb']" in seen(tiny, "ben")


def test_an_exported_page_of_the_notebook_s_name_leaves_the_page_of_feedback(tiny):
    tiny.submit("cleo")
    (tiny.root / "submitted/cleo/numbers/numbers.html").write_text("<p>exported</p>", encoding="utf-8")
    assert tiny.grade("cleo")["cleo"].graded
    (page,) = grade.feedback(tiny, "numbers", ["cleo"])
    text = page.read_text(encoding="utf-8")
    assert page.name == "numbers.html"
    assert "100 of 100 points" in text
    assert "exported" not in text


WAITS = """%pdb on
from ipywidgets import interact

@interact(x=(-3.0, 3.0))
def show(x=1.0):
    print("moved to", x)

def double(x):
    breakpoint()
    return 2 * x
"""


def test_what_waits_for_somebody_at_a_keyboard_waits_for_nobody(tiny):
    assert handed_in(tiny, "dora", WAITS + "import pdb\n\npdb.set_trace()\n1 / 0") == 100
    outputs = [output for cell in tiny.graded("dora").cells for output in cell.get("outputs", [])]
    assert "ZeroDivisionError" in [output.get("ename") for output in outputs]
    assert "moved to 1.0" in seen(tiny, "dora")
