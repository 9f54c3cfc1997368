"""Statements about recorded outputs: what a notebook file can hold, merged and cut as it should be."""

from __future__ import annotations

import json

import nbformat
import pytest
from hypothesis import given
from test_wire import values

from examiner.runner.limits import Limits
from examiner.runner.outputs import CUT, MOST_OUTPUTS, NotebookTotals, Outputs, as_json
from examiner.wire import WireError

LIMITS = Limits(cell_output=100, notebook_output=250, cell_figures=1000, notebook_figures=1500)


def recorded(*events: dict, kept: NotebookTotals | None = None, limits: Limits = LIMITS) -> list:
    outputs = Outputs(limits, kept or NotebookTotals())
    for event in events:
        outputs.add(event)
    cell = nbformat.v4.new_code_cell(outputs=outputs.found)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    return outputs.found


def printed(text: str, name: str = "stdout") -> dict:
    return {"event": "stream", "name": name, "text": text}


def shown(data: dict, **more) -> dict:
    return {"event": "display", "data": data, "metadata": {}, **more}


def failed(text: str, *lines: str) -> dict:
    return {"event": "error", "ename": "ValueError", "evalue": text, "traceback": list(lines)}


def test_a_stream_is_one_output_until_another_comes_between():
    found = recorded(printed("a"), printed("b"), printed("c", "stderr"), printed("d"))
    assert [(output.name, output.text) for output in found] == [("stdout", "ab"), ("stderr", "c"), ("stdout", "d")]


def test_text_is_cut_at_the_cells_limit_and_at_the_notebooks_and_said_once():
    kept = NotebookTotals()
    cells = [recorded(printed("x" * 90), printed("y" * 90), printed("z"), kept=kept) for _ in range(4)]
    assert [output.text for output in cells[0]] == ["x" * 90 + "y" * 10 + f"\n{CUT}\n"]
    assert sum(cell[0].text.count(letter) for cell in cells for letter in "xyz") == 250


def test_an_error_is_kept_even_where_there_is_no_room_and_not_at_any_length():
    (_, error) = recorded(printed("x" * 200), failed("why", "line 1", "line 2"))
    assert error.traceback == ["line 1", "line 2"]
    (huge,) = recorded(failed("v" * 10**6, "t" * 10**6))
    assert len(huge.evalue) + sum(map(len, huge.traceback)) < 50_000
    assert huge.traceback[0] == CUT
    many = recorded(*[failed("v" * 1000, "t" * 1000)] * 100)
    assert sum(len(str(output)) for output in many) < 60_000


def test_pictures_have_room_of_their_own_and_what_does_not_fit_is_said_to_be_cut():
    picture = shown({"image/png": "p" * 600, "text/plain": "<Figure>"})
    found = recorded(picture, printed("between"), picture)
    assert [output.output_type for output in found] == ["display_data", "stream"]
    assert found[1].text == f"between\n{CUT}\n"


def test_what_is_shown_again_takes_room_in_each_place():
    many = [shown({"text/plain": ""}, display_id="d")] * 50
    found = recorded(*many, shown({"image/png": "p" * 50}, display_id="d", update=True))
    assert len(json.dumps(found)) < 10_000
    assert found[-1].text == f"\n{CUT}\n"
    twice = recorded(*many[:2], shown({"image/png": "p" * 50}, display_id="d", update=True))
    assert [output.data for output in twice] == [{"image/png": "p" * 50}] * 2


def test_empty_lines_and_empty_values_take_room_too():
    (error,) = recorded(failed("", *[""] * 100_000))
    assert error.traceback == [CUT, "ValueError: "]
    names = {f"{'a' * 90}{i}/b": "" for i in range(1000)}
    assert len(json.dumps(recorded(shown(names)))) < 1000


def test_no_cell_has_outputs_without_end():
    found = recorded(*[shown({"text/plain": ""})] * 5000, limits=Limits())
    assert len(found) == MOST_OUTPUTS


def test_clear_output_clears_at_once_or_with_the_next_output():
    assert recorded(printed("a"), {"event": "clear", "wait": False}) == []
    (waiting,) = recorded(printed("a"), {"event": "clear", "wait": True})
    assert waiting.text == "a"
    (after,) = recorded(printed("a"), {"event": "clear", "wait": True}, printed("b"))
    assert after.text == "b"


def test_a_display_is_updated_wherever_it_is_shown_also_in_an_earlier_cell():
    kept = NotebookTotals()
    first = recorded(shown({"text/plain": "1"}, display_id="d"), shown({"text/plain": "other"}), kept=kept)
    second = recorded(shown({"text/plain": "2"}, display_id="d", update=True), kept=kept)
    assert [output.data["text/plain"] for output in first] == ["2", "other"]
    assert second == []


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event": "verdict"},
        {"event": ["stream"]},
        {"event": "stream", "name": "stdout", "text": 3},
        {"event": "stream", "name": "stdin", "text": ""},
        {"event": "display", "data": None, "metadata": {}},
        {"event": "display", "data": {}, "metadata": []},
        {"event": "error", "ename": "E", "evalue": "", "traceback": "line"},
        {"event": "error", "ename": "E", "evalue": "", "traceback": [None]},
        {"event": "error", "ename": 1, "evalue": "", "traceback": []},
    ],
    ids=str,
)
def test_what_is_no_event_is_refused(event):
    with pytest.raises(WireError):
        recorded(event)


def test_only_what_a_notebook_file_can_hold_is_kept_of_a_display():
    odd = {
        "image/png": b"raw",
        "no mime": "x",
        "../text": "y",
        3: "z",
        "text/html": "<b>",
        "text/odd+json": 7,  # by its name no text, and by the format nothing else
        "application/json": float("nan"),
    }
    (output,) = recorded(shown(odd))
    assert output.data == {"text/html": "<b>", "application/json": "nan"}


@given(values)
def test_anything_becomes_json(value):
    text = json.dumps(as_json(value), allow_nan=False)
    assert json.loads(text) == as_json(value)


def test_of_metadata_only_the_size_of_a_picture_is_kept():
    said = {"width": 90, "height": 60, "needs_background": True}
    everything = said | {"filenames": {"image/png": "http://there"}, "isolated": True, "unconfined": True, "alt": "x"}
    (output,) = recorded(
        shown({"image/png": "AA"}, metadata={"image/png": everything, "text/html": said, **everything})
    )
    assert output.metadata == said | {"image/png": said}


@pytest.mark.parametrize("odd", ["1 onload=alert(1)", "90", 1.5, True, -1, 0, 10**9, None, [90], {"x": 90}])
def test_a_size_is_a_whole_number_of_pixels(odd):
    for metadata in ({"width": odd, "height": odd}, {"image/png": {"width": odd, "height": odd}}, {"image/png": odd}):
        (output,) = recorded(shown({"image/png": "AA"}, metadata=metadata))
        assert output.metadata == {}
        (result,) = recorded({"event": "result", "data": {"image/png": "AA"}, "metadata": metadata, "count": 1})
        assert result.metadata == {}


def test_an_update_of_a_display_brings_no_other_metadata():
    first, update = shown({"image/png": "AA"}, display_id="d"), shown({"image/png": "AB"}, display_id="d", update=True)
    (output,) = recorded(first, update | {"metadata": {"filenames": {"image/png": "http://there"}, "width": 7}})
    assert output.metadata == {"width": 7}


def test_of_a_widget_with_a_still_picture_only_the_picture_is_kept():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "abc", "version_major": 2, "version_minor": 1}}
    alive, named = shown(view | {"text/plain": ""}), shown(view | {"text/plain": "IntSlider(value=3)"})
    assert [found.data["text/plain"] for found in recorded(alive, named)] == ["IntSlider(value=3)"]
