"""A notebook that another one runs lies beside it where it is graded; a copy of the assignment does not."""

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
