"""Whatever bytes are handed in as a notebook: a clean notebook comes out, or the reason why not."""

import json
from contextlib import suppress

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from examiner.errors import Unreadable
from examiner.submission import sanitize
from examiner.submission.sanitize import notebook_of

CELLS = [
    {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Größe"},
    {"cell_type": "code", "id": "a", "metadata": {"nbgrader": {"grade_id": "exercise-1"}}, "source": "x = 'ü'"},
]


def book(cells=CELLS, **changes) -> dict:
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes


def data(content, encoding="utf-8") -> bytes:
    return json.dumps(content, ensure_ascii=False).encode(encoding, "surrogatepass")


def sources(content) -> list[str]:
    nb, _ = notebook_of(data(content))
    return [cell.source for cell in nb.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_notebook_in_any_usual_encoding_is_read(encoding):
    nb, notes = notebook_of(data(book(), encoding))
    assert [cell.source for cell in nb.cells] == ["# Größe", "x = 'ü'"]
    assert bool(notes) == (not encoding.startswith("utf-8"))


def test_latin_1_is_read_as_what_windows_writes_and_that_is_said():
    _, notes = notebook_of(data(book(), "latin-1"))
    assert notes == ["The file is not in UTF-8; it was read as Windows-1252."]


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\0\0", "it is empty"),
        (b"{ this is no JSON", "it is not valid JSON (line 1: Expecting property name"),
        (data(book())[:-30], "it is not valid JSON (line 1"),
        (b"%PDF-1.7 ...", "it is a PDF, not a notebook"),
        (b"PK\x03\x04rest", "it is a zip archive, not a notebook"),
        (b"<!DOCTYPE html><html>", "it is a web page or XML, not a notebook"),
        (b"\x00\x01\x02\xff\xfe" * 50, "it is not valid JSON"),
        (b"[1, 2]", "it is JSON, but no notebook"),
        (b"null", "it is JSON, but no notebook"),
        (b"{}", "it holds no list of cells"),
        (data(book(cells=None)), "it holds no list of cells"),
        (data(book(cells={"0": CELLS[0]})), "it holds no list of cells"),
        (data(book(cells=[])), "it holds no cells"),
        (data(book(cells=[1, None, "x"])), "it holds no cells"),
        (b'{"cells": [' + b"[]," * 2_000_000 + b"[]]}", "it has millions of parts"),
        (b"[" * 100_000 + b"]" * 100_000, "its JSON is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "its JSON is nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(what, reason):
    with pytest.raises(Unreadable) as caught:
        notebook_of(what)
    assert reason in str(caught.value)


def test_a_notebook_of_format_3_is_read():
    sheet = [
        {"cell_type": "heading", "level": 2, "source": ["Title"]},
        {"cell_type": "code", "input": ["x = 1\n", "y = 2"], "metadata": {}, "outputs": []},
    ]
    nb, notes = notebook_of(data({"nbformat": 3, "worksheets": [{"cells": sheet}, {}, None]}))
    assert [(cell.cell_type, cell.source) for cell in nb.cells] == [("markdown", "## Title"), ("code", "x = 1\ny = 2")]
    assert notes == ["It is in notebook format 3; its cells were read as those of format 4."]


@pytest.mark.parametrize("version", [5, 99, "4", None, 4.5, [], True])
def test_another_format_number_is_no_reason_not_to_read_the_cells(version):
    nb, notes = notebook_of(data(book(nbformat=version)))
    assert len(nb.cells) == 2
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x", "x"),
        (["a\n", "b"], "a\nb"),
        (["a\n", None, 3, "b"], "a\nb"),
        ([], ""),
        (None, ""),
        (7, ""),
        ({"a": 1}, ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("half a pair: \ud800!", "half a pair: �!"),
        ("nul: \0", "nul: �"),
        ("x" * (sanitize.LONGEST_CELL + 1), ""),
    ],
)
def test_the_text_of_a_cell_is_text_whatever_stands_there(source, text):
    cell = {"cell_type": "code", "source": source, "metadata": {}}
    nb, _ = notebook_of(json.dumps(book([cell])).encode())
    assert nb.cells[0].source == text
    nbformat.writes(nb).encode("utf-8")  # what cannot be written raises


def test_a_cell_without_text_type_or_metadata_is_still_a_cell():
    nb, notes = notebook_of(data(book([{}, {"cell_type": "html", "source": "<b>"}, {"cell_type": ["code"]}])))
    assert [cell.cell_type for cell in nb.cells] == ["raw"] * 3
    assert len(notes) == 3


def test_only_what_grading_needs_is_kept():
    cell = CELLS[1] | {
        "metadata": {"tags": ["skip-execution"], "collapsed": True, "nbgrader": {"points": 9, "checksum": [], "x": 1}},
        "outputs": [{"output_type": "execute_result", "data": {"text/plain": "100"}}],
        "attachments": {"a.png": {"image/png": "AAAA"}},
        "execution_count": float("nan"),
    }
    nb, _ = notebook_of(data(book([cell], metadata={"kernelspec": {"name": "bash"}, "examiner": {"notes": []}})))
    assert nb.cells[0].metadata == {"nbgrader": {"points": 9}}
    assert nb.cells[0].outputs == [{"output_type": "display_data", "metadata": {}, "data": {"text/plain": "100"}}]
    assert "attachments" not in nb.cells[0]
    assert nb.metadata == {"language_info": {"name": "python"}}


def test_pasted_pictures_stay_with_a_written_answer():
    good, bad = {"a.png": {"image/png": "AAAA"}}, {"b.png": {"image/png": ["AAAA"]}, "c.png": None}
    nb, _ = notebook_of(
        data(book([{"cell_type": "markdown", "source": "![a](attachment:a.png)", "attachments": good | bad}]))
    )
    assert nb.cells[0].attachments == good


def test_ids_that_are_taken_or_invalid_are_replaced():
    ids = ["a", "a", "", None, "white space", "ü", "x" * 65, ["a"], "cell-2"]
    nb, _ = notebook_of(data(book([CELLS[0] | {"id": some} for some in ids])))
    found = [cell.id for cell in nb.cells]
    assert len(set(found)) == len(ids)
    assert found[0] == "a"
    nbformat.validate(nb)


def test_of_two_keys_the_last_counts_as_in_jupyter():
    twice = b'{"cells": [], "nbformat": 4, "cells": ' + json.dumps(CELLS).encode() + b"}"
    assert len(notebook_of(twice)[0].cells) == 2


def test_numbers_that_are_none_or_endless_do_no_harm():
    text = json.dumps(book()).replace('"nbformat_minor": 5', '"nbformat_minor": NaN, "a": 1e999, "b": ' + "9" * 50_000)
    assert len(notebook_of(text.encode())[0].cells) == 2


def test_a_flood_of_cells_is_cut_and_that_is_said():
    nb, notes = notebook_of(data(book([CELLS[0] | {"id": str(i)} for i in range(sanitize.MOST_CELLS + 5)])))
    assert len(nb.cells) == sanitize.MOST_CELLS
    assert "2005 cells" in notes[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*"ab", "source", "nbgrader"]), inner),
    max_leaves=15,
)
KEYS = ["cell_type", "id", "metadata", "source", "input", "attachments", "level", "outputs"]
CELL = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(["code", "markdown", "raw", "heading"]))


@settings(deadline=None)
@given(cells=st.lists(CELL | JSON, max_size=4) | JSON, version=JSON, sheets=st.booleans())
def test_any_json_gives_a_valid_notebook_or_a_reason(cells, version, sheets):
    content = {"nbformat": version} | ({"worksheets": [{"cells": cells}]} if sheets else {"cells": cells})
    with suppress(Unreadable):
        nb, notes = notebook_of(json.dumps(content).encode())
        nbformat.validate(nb)
        nbformat.writes(nb).encode("utf-8")  # what cannot be written raises
        assert all(isinstance(note, str) and note for note in notes)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
@example(b"\xff\xfe", 0)
@example(b"\xef\xbb\xbf", 0)
def test_any_bytes_anywhere_in_a_notebook_give_a_notebook_or_a_reason(noise, place):
    whole = data(book())
    for some in (noise, whole[:place] + noise + whole[place:]):
        with suppress(Unreadable):  # and nothing else
            assert notebook_of(some)[0].cells


def test_of_outputs_only_text_and_png_are_kept():
    png = "iVBORw0KGgoAAAA="
    odd = [
        {"output_type": "stream", "name": "stdout", "text": ["a", "b\0", 3]},
        {"output_type": "stream", "name": "elsewhere", "text": "c"},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
        {"output_type": "display_data", "data": {"text/html": "<script>", "image/svg+xml": "<svg>"}},
        {"output_type": "display_data", "data": {"image/png": [png[:5] + "\n", png[5:]], "text/plain": {"no": "text"}}},
        {"output_type": "display_data", "data": {"image/png": "R0lGODlh"}},
        {"output_type": "execute_result", "data": {"application/vnd.backprop.verdict+json": {"passed": True}}},
        "no output",
    ]
    for outputs, kept in ((odd, 2), ("none", 0), ([odd[0]] * 5000, 100)):
        nb, _ = notebook_of(data(book([CELLS[1] | {"outputs": outputs}])))
        assert len(nb.cells[0].outputs) == kept
    nb, _ = notebook_of(data(book([CELLS[1] | {"outputs": odd}])))
    assert nb.cells[0].outputs[0].text == "ab�"
    assert nb.cells[0].outputs[1].data == {"image/png": png}
