"""The gallery in Python: its state, what can be read from it, what it sends, and what it refuses in one sentence."""

import numpy as np
import pytest

from backprop.data import digits_01
from backprop.widgets import DigitGallery
from backprop.widgets.digit_gallery import data as data
from backprop.widgets.digit_gallery.model import forward
from backprop.widgets.digit_gallery.picture import coloured
from backprop.widgets.shared.base import WidgetError

ZERO = [[[50 + 20 * np.cos(t), 50 + 30 * np.sin(t)] for t in np.linspace(0, 6.3, 30)]]
ONE = [[[50, 10], [50, 90]]]


def predict(X, parameters):
    return (forward(X, parameters)[1] > 0.5).astype(int)


@pytest.fixture(scope="module")
def trained():
    """The test digits, and a network that tells them apart but for two."""
    X, Y, X_test, Y_test = digits_01()
    draw = np.random.RandomState(1)
    W1, W2, b1, b2 = draw.randn(10, 64) / 8, draw.randn(1, 10) / 3, np.zeros((10, 1)), np.zeros((1, 1))
    for _ in range(60):
        A1, A2 = forward(X, {"W1": W1, "b1": b1, "W2": W2, "b2": b2})
        dZ2 = (A2 - Y) / X.shape[1] * A2 * (1 - A2)
        dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
        W1, b1 = W1 - 5 * dZ1 @ X.T, b1 - 5 * dZ1.sum(axis=1, keepdims=True)
        W2, b2 = W2 - 5 * dZ2 @ A1.T, b2 - 5 * dZ2.sum(axis=1, keepdims=True)
    return X_test, Y_test, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@pytest.fixture
def gallery(trained):
    return DigitGallery(*trained, predict)


def refused(*arguments, **state):
    with pytest.raises(WidgetError) as refusal:
        DigitGallery(*arguments, **state)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert len(sentence) < 250
    return sentence


FORMS = {
    "Fortran's order": np.asfortranarray,
    "big-endian": lambda array: array.astype(">f8"),
    "strided": lambda array: np.repeat(array, 2, axis=1)[:, ::2],
    "backwards": lambda array: array[::-1].copy()[::-1],
    "read-only": lambda array: np.frombuffer(array.tobytes()).reshape(array.shape),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_however_an_array_lies_in_memory_it_is_the_same_array(trained, gallery, form):
    X, Y, parameters = trained
    X, Y = X.astype(float), Y.astype(float)
    laid = DigitGallery(form(X), form(Y), {name: form(value) for name, value in parameters.items()}, predict)
    states = [{name: part for name, part in one.get_state().items() if name[0] != "_"} for one in (gallery, laid)]
    for state in states:
        del state["layout"]
    assert states[0] == states[1]


# What can be read from it


def test_it_begins_with_the_surest_mistake(gallery, trained):
    X, Y, parameters = trained
    wrong = np.flatnonzero(predict(X, parameters)[0] != Y[0])
    assert sorted(gallery.misclassified) == sorted(wrong)
    off = np.abs(gallery.outputs - Y[0])[gallery.misclassified]
    assert list(off) == sorted(off, reverse=True)
    assert gallery.selected == gallery.misclassified[0]


def test_activations_output_and_prediction_are_those_of_the_picture_looked_at(gallery, trained):
    X, _, parameters = trained
    gallery.selected = 5
    A1, A2 = forward(X[:, [5]], parameters)
    assert np.allclose(gallery.activations, A1[:, 0])
    assert gallery.output == pytest.approx(A2[0, 0])
    assert gallery.prediction == predict(X[:, [5]], parameters)
    gallery.drawing, gallery.looking_at = ZERO, "drawing"
    assert gallery.picture.shape == (64, 1)
    assert gallery.output == pytest.approx(forward(gallery.picture, parameters)[1][0, 0])


@pytest.mark.parametrize(("drawing", "digit"), [(ZERO, 0), (ONE, 1)])
def test_a_drawing_is_answered_by_the_readers_own_predict(trained, drawing, digit):
    gallery = DigitGallery(*trained, predict, drawing=drawing, looking_at="drawing")
    assert gallery.prediction == digit
    assert gallery.answer == {"revision": 0, "label": digit, "says": f"Your predict says {digit}."}


@pytest.mark.needs_mnist
@pytest.mark.parametrize(("drawing", "digit"), [(ZERO, 0), (ONE, 1)])
def test_a_network_that_knows_mnist_knows_a_drawing(drawing, digit):
    from backprop.data import load_mnist_01

    X, Y, X_test, Y_test = load_mnist_01()
    mean = [X[:, Y[0] == label].mean(axis=1) for label in (0, 1)]
    W1 = np.stack([(mean[1] - mean[0]) / 10])
    middle = -W1 @ (mean[0] + mean[1])[:, None] / 2
    parameters = {"W1": W1, "b1": middle, "W2": np.array([[20.0]]), "b2": np.array([[-10.0]])}
    gallery = DigitGallery(X_test, Y_test, parameters, predict, drawing=drawing, looking_at="drawing")
    assert len(gallery.misclassified) < 100
    assert gallery.prediction == digit


# The browser's messages


def test_each_drawing_that_arrives_is_answered_with_its_number_and_the_last_one_stays(gallery):
    gallery.set_state({"drawing": ONE, "revision": 7})
    assert gallery.answer == {"revision": 7, "label": 1, "says": "Your predict says 1."}
    gallery.set_state({"drawing": ZERO, "revision": 9})
    assert (gallery.answer["revision"], gallery.answer["label"]) == (9, 0)
    gallery.set_state({"drawing": ZERO, "revision": 11})  # drawn and taken back between two messages
    assert gallery.answer["revision"] == 11
    gallery.set_state({"drawing": [], "revision": 12})
    assert gallery.answer == {"revision": 12, "label": None, "says": ""}


def test_predict_is_asked_once_for_a_message(trained):
    asked = []

    def counting(X, parameters):
        asked.append(X.shape)
        return predict(X, parameters)

    gallery = DigitGallery(*trained, counting)
    assert asked == [(64, 72)]
    gallery.set_state({"drawing": ONE, "revision": 1, "looking_at": "drawing"})
    assert asked == [(64, 72), (64, 1)]


def test_the_browser_gets_every_digit_and_the_network_exactly(gallery, trained):
    X, Y, parameters = trained
    pixels = np.frombuffer(gallery._pixels, np.uint8).reshape(72, 64) / gallery._facts["levels"]
    assert np.array_equal(pixels.T, X)
    assert np.array_equal(np.frombuffer(gallery._labels, np.uint8), Y[0])
    assert np.array_equal(np.frombuffer(gallery._columns, "<i4"), np.arange(72))
    assert np.array_equal(np.frombuffer(gallery._network["W1"]).reshape(10, 64), parameters["W1"])
    assert gallery._facts["total"] == 72
    assert gallery._facts["wrong"] == len(gallery.misclassified)


def test_of_very_many_digits_the_browser_gets_the_mistakes_and_the_selected_one(trained, monkeypatch):
    monkeypatch.setattr(data, "MOST", 10)
    everything = DigitGallery(*trained, predict)
    surest = int(np.argmin(np.abs(everything.outputs - trained[1][0])))
    gallery = DigitGallery(*trained, predict, selected=surest)
    columns = np.frombuffer(gallery._columns, "<i4")
    assert len(columns) == 10
    assert {*gallery.misclassified, surest} <= set(columns.tolist())
    assert len(gallery.outputs) == 72


# What it shows where nothing moves


def test_the_line_of_code_makes_the_same_state(gallery, trained):
    gallery.set_state({"selected": 3, "unit": 4, "order": "as they come", "drawing": ONE, "looking_at": "drawing"})
    line = gallery.as_code()
    assert "revision" not in line
    X, Y, parameters = trained
    again = eval(line, {"DigitGallery": DigitGallery, "X": X, "Y": Y, "parameters": parameters, "predict": predict})
    assert again.as_code() == line
    assert (again.selected, again.unit, again.drawing, again.looking_at) == (3, 4, ONE, "drawing")


def test_the_still_picture_shows_digits_and_weights_and_says_so(gallery):
    still = gallery.still()
    svg = still["image/svg+xml"]
    assert svg.count("<image") == 24 + 2
    assert svg.count("✗") == len(gallery.misclassified)
    assert f"72 digits, {len(gallery.misclassified)} of them misclassified" in still["text/plain"]
    assert "run the cell" in still["text/html"]


def test_fewer_digits_than_a_picture_holds_make_a_smaller_one(trained):
    X, Y, parameters = trained
    svg = DigitGallery(X[:, :3], Y[:, :3], parameters, predict).static_svg()
    assert svg.count("<image") == 3 + 2


def test_weights_are_blue_below_zero_white_at_it_and_orange_above():
    blue, white, orange = coloured(np.array([-2.0, 0.0, 2.0]))
    assert blue[2] > blue[0]
    assert white.tolist() == [255, 255, 255]
    assert orange[0] > orange[2]
    assert coloured(np.zeros(2)).min() == 255


# What it refuses


def test_wrong_shapes_are_told_with_the_right_ones(trained):
    X, Y, parameters = trained
    assert "one picture a column" in refused(X[:, 0], Y, parameters, predict)
    assert "63 pixels is not a square" in refused(X[:-1], Y, parameters, predict)
    assert "shape (1, 72), not (1, 71)" in refused(X, Y[:, 1:], parameters, predict)
    flat = {**parameters, "b1": parameters["b1"][:, 0]}
    assert "b1 has the shape (10,), but" in refused(X, Y, flat, predict)
    assert "it has to be (10, 1)" in refused(X, Y, flat, predict)
    assert "W1 has the shape (64, 10)" in refused(X, Y, {**parameters, "W1": parameters["W1"].T}, predict)


def test_what_is_missing_empty_or_not_finite_is_named(trained):
    X, Y, parameters = trained
    assert "X holds no picture" in refused(X[:, :0], Y[:, :0], parameters, predict)
    assert "X holds NaN" in refused(np.where(X > 0.5, np.nan, X), Y, parameters, predict)
    assert "W2 holds NaN" in refused(X, Y, {**parameters, "W2": parameters["W2"] * np.inf}, predict)
    assert "has no W2" in refused(X, Y, {k: v for k, v in parameters.items() if k != "W2"}, predict)
    assert "has to be a dictionary" in refused(X, Y, None, predict)
    assert "from 0 to 255" in refused(X * 255, Y, parameters, predict)
    assert "has to be 0 or 1, but one is 7" in refused(X, Y + 7 * (Y == 1) - (Y == 1), parameters, predict)
    assert "X has to be an array of numbers" in refused("digits", Y, parameters, predict)
    assert "predict has to be a function" in refused(X, Y, parameters, 3)


def test_what_is_wrong_with_predict_is_told_in_one_sentence(trained):
    def unwritten(X, parameters):
        raise NotImplementedError()

    def broken(X, parameters):
        raise ValueError("shapes (1,10) and\n (3,3) not aligned")

    def probabilities(X, parameters):
        return forward(X, parameters)[1]

    def flat(X, parameters):
        return predict(X, parameters)[0]

    assert refused(*trained, unwritten) == "unwritten is not written yet."
    assert refused(*trained, broken) == "broken raises ValueError: shapes (1,10) and (3,3) not aligned."
    assert "but a label is 0 or 1" in refused(*trained, probabilities)
    assert "(72,), not (1, 72)" in refused(*trained, flat)
    assert "None" in refused(*trained, lambda X, parameters: None)


def test_a_predict_that_raises_for_a_drawing_says_so_and_the_gallery_goes_on(trained):
    def careful(X, parameters):
        if X.shape[1] == 1:
            raise ValueError("one picture is no data")
        return predict(X, parameters)

    gallery = DigitGallery(*trained, careful)
    gallery.set_state({"drawing": ONE, "revision": 3})
    assert gallery.answer == {
        "revision": 3,
        "label": None,
        "says": "careful raises ValueError: one picture is no data.",
    }
    with pytest.raises(WidgetError, match="one picture is no data"):
        _ = gallery.prediction


def test_a_predict_that_changes_its_arguments_changes_nothing_here(trained):
    def greedy(X, parameters):
        said = predict(X, parameters)
        X *= 0
        parameters["W1"] *= 0
        return said

    X = trained[0].copy()
    gallery = DigitGallery(X, *trained[1:], greedy)
    assert X.any()
    assert gallery.output == pytest.approx(gallery.outputs[gallery.selected])


def test_a_state_out_of_range_is_refused_when_made_and_when_set(trained, gallery):
    assert "selected has to be a column of X, from 0 to 71" in refused(*trained, predict, selected=72)
    assert "unit has to be a hidden unit, from 0 to 9" in refused(*trained, predict, unit=10)
    assert refused(*trained, predict, unit=0.5) == "unit has to be a whole number, but it is 0.5."
    assert DigitGallery(*trained, predict, selected=np.int64(3)).selected == 3
    assert "order" in refused(*trained, predict, order="upside down")
    assert "between 0 and 100" in refused(*trained, predict, drawing=[[[50, 101]]])
    assert "a list of strokes" in refused(*trained, predict, drawing=[[1, 2]])
    assert "no argument `colour`" in refused(*trained, predict, colour="red")
    with pytest.raises(WidgetError):
        gallery.unit = -1
    assert gallery.unit == 0
