"""Tables, figures and sparse arrays are frozen and compared by what they show."""

from __future__ import annotations

import json

import numpy as np
import pytest

from backprop.answers.compare import agree, differences
from backprop.answers.json_values import decode, encode
from backprop.answers.plain import AXES, FIGURE, TABLE, Described, described, plain
from backprop.explain.describe import describe


def stored(value):
    return decode(json.loads(json.dumps(encode(plain(value)))))


@pytest.fixture
def pd():
    return pytest.importorskip("pandas")


@pytest.fixture
def figure():
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([0, 1, 2], [0, 1, 4], color="red")
    axes.bar(["a", "b"], [3, 5])
    axes.scatter([1, 2], [3, 4])
    axes.imshow(np.eye(2))
    return figure


def test_data_is_left_as_it_is():
    for value in (None, 1, "a", [1.0, [2]], (np.ones(2), {"a": 1}), {1, 2}, np.array([1j])):
        assert plain(value) is value


def test_a_data_frame_is_its_columns_its_rows_and_its_values(pd):
    frame = pd.DataFrame({"name": ["a", "b"], "score": [1.5, 2.5]}, index=["x", "y"])
    assert agree(plain(frame), stored(frame))
    assert describe(plain(frame)) == "a DataFrame of 2 rows, with the columns name, score"
    assert not agree(plain(frame.drop(columns="name")), stored(frame))
    assert not agree(plain(frame.reset_index(drop=True)), stored(frame))
    (wrong,) = differences(plain(frame.assign(score=[1.5, 3.5])), stored(frame))
    assert (wrong.where, wrong.kind, wrong.index) == ("values.score", "value", (1,))


def test_a_dictionary_of_its_columns_is_no_data_frame_and_the_other_way_round(pd):
    frame = pd.DataFrame({"score": [1.5, 2.5]})
    assert [d.kind for d in differences({"score": [1.5, 2.5]}, stored(frame))] == ["type"]
    assert [d.kind for d in differences(plain(frame), {"score": [1.5, 2.5]})] == ["type"]


def test_a_data_frame_may_hold_dates_texts_and_gaps(pd):
    frame = pd.DataFrame({"day": pd.to_datetime(["2026-01-02", None]), "text": ["a", None], "n": [1, None]})
    assert agree(plain(frame), stored(frame))


def test_a_column_counts_as_the_array_that_it_is(pd):
    assert agree(plain(pd.Series([1.0, 2.0])), np.array([1.0, 2.0]))
    assert agree(plain(pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})), np.array([[1.0, 3.0], [2.0, 4.0]]))
    assert agree(plain(pd.Series(["a", "b"])), stored(np.array(["a", "b"])))


def test_a_figure_is_what_its_axes_show_whatever_its_colours(figure):
    again = stored(figure)
    assert agree(plain(figure), again)
    assert describe(again) == "a figure that shows 1 line, 1 point, 2 bars, 1 picture"
    figure.axes[0].lines[0].set(color="blue", label="other")
    assert agree(plain(figure), again)
    figure.axes[0].lines[0].set_ydata([0, 1, 5])
    (wrong,) = differences(plain(figure), again)
    assert wrong.where == "axes[0].lines[0]"


def test_axes_are_another_thing_than_a_figure(figure):
    assert agree(plain(figure.axes[0]), stored(figure.axes[0]))
    assert [d.kind for d in differences(plain(figure.axes[0]), stored(figure))] == ["type"]


def test_a_sparse_array_counts_as_the_array_that_it_stands_for():
    sparse = pytest.importorskip("scipy.sparse").csr_array(np.eye(3))
    assert agree(plain(sparse), np.eye(3))
    assert agree(plain((sparse, 2)), (np.eye(3), 2))


def test_dates_of_numpy_are_kept_as_texts():
    assert stored(np.array(["2026-01-02"], "datetime64[D]")).tolist() == ["2026-01-02"]
    assert stored(np.timedelta64(3, "h")) == "3 hours"


def test_an_object_that_does_not_bear_being_looked_at_stays_what_it_is():
    class Odd:
        def __plain__(self):
            raise RuntimeError

    odd = Odd()
    assert plain(odd) is odd
    assert plain([odd])[0] is odd


@pytest.mark.parametrize(
    ("noun", "parts"),
    [
        (TABLE, {"columns": 3, "rows": [], "values": {}}),
        (TABLE, {}),
        (FIGURE, {"axes": [1]}),
        (AXES, {"lines": 3}),
        ("a weapon", {}),
        (TABLE, None),
    ],
)
def test_what_has_not_the_form_of_a_description_is_none(noun, parts):
    assert not isinstance(described(noun, parts), Described)


@pytest.mark.timeout(60)
def test_nobody_waits_for_a_giant_to_be_described():
    nested: list = [1.0]
    for _ in range(4):
        nested = [nested] * 1000
    for giant in (nested, np.full(2 * 10**6, None), (np.full(2 * 10**6, None), 1), {"a": nested}):
        assert plain(giant) is giant
