"""Of several notebooks, one that somebody worked in goes before one that lies there as it was handed out."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from test_intake import folder  # noqa: F401  a fixture

from examiner.submission import clean_copy, notes
from examiner.submission.intake import SizeLimits

STUB = "def double(x):\n    raise NotImplementedError"
ANSWER = "def double(x):\n    return 2 * x"


def book(answer: str = STUB, marked: bool = True, more: str = ""):
    meta = {"nbgrader": {"grade_id": "exercise-1", "solution": True}} if marked else {}
    cells = [new_markdown_cell("# Numbers", id="title"), new_code_cell(answer, id="exercise-1", metadata=meta)]
    return new_notebook(cells=cells + ([new_code_cell(more, id="more")] if more else []))


def taken(tmp_path, folder, **books) -> tuple[str, list[str]]:  # noqa: F811
    """Hand in the notebooks, given by the end of their names; return the answer that counts, and the notes."""
    released = tmp_path / "release"
    released.mkdir()
    (released / "numbers.ipynb").write_text(json.dumps(book()), encoding="utf-8")
    for end, nb in books.items():
        text = json.dumps(nb) if nb else "none"
        (folder / f"numbers{end.replace('_', '-') if end != 'itself' else ''}.ipynb").write_text(text, encoding="utf-8")
    (path,) = clean_copy.take_in(folder, tmp_path / "private", ["numbers"], set(), SizeLimits(), [], released)
    nb = nbformat.read(path, as_version=4)
    return next((cell.source for cell in nb.cells if cell.id == "exercise-1"), ""), [n.text for n in notes.of(nb)]


@pytest.mark.parametrize("more", ["", "print('only looking')"])
def test_the_copy_that_was_worked_in_counts_and_that_is_said(tmp_path, folder, more):  # noqa: F811
    answer, said = taken(tmp_path, folder, itself=book(more=more), _Copy1=book(ANSWER))
    assert answer == ANSWER
    assert said == ["No answer in: numbers.ipynb.", "numbers-Copy1.ipynb is taken for numbers.ipynb."]


def test_a_copy_that_lost_its_marks_counts_too(tmp_path, folder):  # noqa: F811
    assert taken(tmp_path, folder, itself=book(), _Copy1=book(ANSWER, marked=False))[0] == ANSWER


def test_where_both_were_worked_in_the_name_counts(tmp_path, folder):  # noqa: F811
    answer, said = taken(tmp_path, folder, itself=book(ANSWER), _Copy1=book("def double(x):\n    return x + x"))
    assert (answer, said) == (ANSWER, ["Not looked at: numbers-Copy1.ipynb."])


def test_where_nobody_worked_the_name_counts(tmp_path, folder):  # noqa: F811
    answer, said = taken(tmp_path, folder, itself=book(), _Copy1=book(), _Copy2=None)
    assert answer == STUB
    assert not any("taken for" in text for text in said)


def test_what_cannot_be_read_is_named_on_the_way_to_the_answer(tmp_path, folder):  # noqa: F811
    answer, said = taken(tmp_path, folder, itself=None, _Copy1=book(), _Copy2=book(ANSWER))
    assert answer == ANSWER
    assert said[0].startswith("numbers.ipynb: ")
    assert "numbers-Copy2.ipynb is taken for numbers.ipynb." in said
