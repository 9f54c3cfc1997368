"""The arguments of a gallery: pictures, labels, parameters, the reader's predict; one sentence where one is wrong."""

from __future__ import annotations

import math
import operator
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..shared.base import WidgetError
from ..shared.student_function import StudentFunctionError, ask, name_of, numbers
from .drawing import PAD
from .model import arrange, forward

MOST = 2500  # digits that go to the browser; MNIST's 2115 test digits 0 and 1 are 1.7 MB
MOST_POINTS = 5000


@dataclass(frozen=True)
class Digits:
    """All that a gallery shows, checked: m pictures of side x side pixels, and a network of n_h hidden units."""

    X: np.ndarray  # (n_x, m)
    labels: np.ndarray  # (m,)
    parameters: dict
    predict: Callable
    predictions: np.ndarray  # (m,), the reader's own
    outputs: np.ndarray  # (m,), A2

    @property
    def side(self) -> int:
        """Pixels a side."""
        return math.isqrt(len(self.X))

    @property
    def n_h(self) -> int:
        """Hidden units."""
        return len(self.parameters["b1"])

    @property
    def wrong(self) -> np.ndarray:
        """Whether each picture is misclassified, (m,)."""
        return self.predictions != self.labels

    def kept(self, selected: int) -> np.ndarray:
        """Return the columns of X that go to the browser, as they come: all, or those that are shown first."""
        columns = arrange(self.outputs, self.predictions, self.labels, "misclassified first")[:MOST]
        if 0 <= selected < len(self.labels) and selected not in columns:
            columns[-1] = selected
        return np.sort(columns)


def digits(X, Y, parameters, predict) -> Digits:
    """Return the arguments of a gallery, checked, with what the network says of each picture.

    Raises WidgetError, in one sentence, for whatever cannot be shown; a predict that raises counts as that.
    """
    X = pictures(X)
    labels = _labels(Y, X.shape[1])
    checked = _parameters(parameters, len(X))
    if not callable(predict):
        raise WidgetError(f"predict has to be a function of X and parameters, but it is {_said(predict)}.")
    predictions = own_labels(predict, X, checked)
    return Digits(X, labels, checked, predict, predictions, forward(X, checked)[1][0])


def own_labels(predict: Callable, X: np.ndarray, parameters: dict) -> np.ndarray:
    """Return what the reader's predict says of the columns of X, as whole numbers (m,); WidgetError where it cannot."""
    try:
        said = numbers(ask(predict, X, parameters), (1, X.shape[1]), f"{name_of(predict)} returns")[0]
    except StudentFunctionError as error:
        raise WidgetError(str(error)) from None
    odd = said[(said != 0) & (said != 1)]
    if len(odd):
        raise WidgetError(f"{name_of(predict)} returns {odd[0]:g} for a picture, but a label is 0 or 1.")
    return said.astype(int)


def pictures(X) -> np.ndarray:
    """Return X as finite numbers from 0 to 1, (n_x, m), where n_x is a square; WidgetError where it is not that."""
    array = _numbers(X, "X")
    if array.ndim != 2:
        raise WidgetError(f"X has to hold one picture a column, shape (n_x, m), but its shape is {array.shape}.")
    if array.shape[1] == 0:
        raise WidgetError("X holds no picture: there is nothing to show.")
    if math.isqrt(len(array)) ** 2 != len(array) or len(array) < 4:
        raise WidgetError(
            f"A picture of {len(array)} pixels is not a square: the rows of X have to be 28 * 28, or 8 * 8."
        )
    low, high = array.min(), array.max()
    if low < 0 or high > 1:
        raise WidgetError(f"Pixels have to lie between 0 and 1, but those of X go from {low:g} to {high:g}.")
    return array


def _labels(Y, m: int) -> np.ndarray:
    array = _numbers(Y, "Y")
    if array.shape not in ((1, m), (m,)):
        raise WidgetError(f"Y has to hold one label for each of the {m} pictures, shape (1, {m}), not {array.shape}.")
    odd = array[(array != 0) & (array != 1)]
    if odd.size:
        raise WidgetError(f"A label in Y has to be 0 or 1, but one is {odd.ravel()[0]:g}.")
    return array.reshape(-1).astype(int)


def _parameters(parameters, n_x: int) -> dict:
    if not isinstance(parameters, Mapping):
        raise WidgetError(f"parameters has to be a dictionary of W1, b1, W2 and b2, but it is {_said(parameters)}.")
    missing = [name for name in ("W1", "b1", "W2", "b2") if name not in parameters]
    if missing:
        raise WidgetError(f"parameters has no {missing[0]}: it needs W1, b1, W2 and b2.")
    arrays = {name: _numbers(parameters[name], name) for name in ("W1", "b1", "W2", "b2")}
    n_h = len(arrays["W1"]) if arrays["W1"].ndim else 0
    for name, shape in {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}.items():
        if arrays[name].shape != shape or n_h == 0:
            raise WidgetError(
                f"{name} has the shape {arrays[name].shape}, but for pictures of {n_x} pixels, {n_h} hidden units and "
                f"one output it has to be {shape}."
            )
    return {**parameters, **arrays}  # what else a reader's predict may want stays


def _numbers(value, name: str) -> np.ndarray:
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise WidgetError(f"{name} has to be an array of numbers, but it is {_said(value)}.") from None
    if not np.all(np.isfinite(array)):
        raise WidgetError(f"{name} holds NaN or an infinite number, so there is nothing to show.")
    return array


def _said(value) -> str:
    """Return a value as code, in one line and cut short: it may be a whole data set."""
    return " ".join(reprlib.repr(value).split())


def whole(value, name: str) -> int:
    """Return a whole number of any type, such as NumPy's, as Python's own; WidgetError where it is none."""
    try:
        return operator.index(value)
    except TypeError:
        raise WidgetError(f"{name} has to be a whole number, but it is {_said(value)}.") from None


def strokes(value) -> list[list[list[float]]]:
    """Return a drawing as lists of lists of [x, y]; WidgetError where a point is off the pad or there are too many."""
    try:
        drawing = [[[float(x), float(y)] for x, y in stroke] for stroke in value]
    except (TypeError, ValueError):
        raise WidgetError("A drawing is a list of strokes, and a stroke a list of points (x, y).") from None
    points = [number for stroke in drawing for point in stroke for number in point]
    if not all(0 <= number <= PAD for number in points):
        raise WidgetError(f"The points of a drawing lie between 0 and {PAD}, from the upper left corner of the pad.")
    if len(points) > 2 * MOST_POINTS:
        raise WidgetError(f"A drawing of more than {MOST_POINTS} points is too long: clear it, and draw it again.")
    return [stroke for stroke in drawing if stroke]
