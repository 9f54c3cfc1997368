"""`DigitGallery`: a network's answers to its test digits, what its hidden units respond to, and a pad to draw on.

The digits, their outputs and the parameters go to the browser once. Its own forward pass, the same two-layer model,
shows activations at once; whether an answer is right is said by the reader's `predict` alone, which is asked here: once
for all digits, and again whenever the drawing has changed.
"""

from __future__ import annotations

import numpy as np
import traitlets

from ..shared.as_code import name_or_literal
from ..shared.base import LessonWidget, WidgetError, fixed, state
from ..shared.student_function import name_of
from . import drawing as drawing_model
from . import picture as picture
from .data import Digits, digits, own_labels, strokes, whole
from .model import ORDERS, arrange, forward, levels, quantised


class DigitGallery(LessonWidget):
    """Show the pictures X (n_x, m), labels Y (1, m), and what a two-layer network with these parameters makes of them.

    `predict` is a function of X and parameters that returns labels, 0 or 1, of shape (1, m). `selected` is a column of
    X, `unit` a hidden unit, `drawing` a list of strokes of points (x, y) from 0 to 100; `looking_at` says of which of
    "digit" and "drawing" the activations are shown. Raises WidgetError, in one sentence, for arguments that cannot be
    shown.
    """

    selected = state(traitlets.Int(0))
    unit = state(traitlets.Int(0))
    order = state(traitlets.Enum(ORDERS, ORDERS[0]))
    looking_at = state(traitlets.Enum(("digit", "drawing"), "digit"))
    drawing = state(traitlets.List())
    revision = state(traitlets.Int(0), code=False)  # counts the browser's drawings, so that it knows which is answered

    answer = fixed(traitlets.Dict())  # to the drawing: {"revision", "label" (None where there is none), "says"}
    _facts = fixed(traitlets.Dict())
    _columns = fixed(traitlets.Bytes())  # the columns of X that are sent, int32
    _pixels = fixed(traitlets.Bytes())  # one byte a pixel, picture after picture
    _labels = fixed(traitlets.Bytes())
    _predictions = fixed(traitlets.Bytes())
    _outputs = fixed(traitlets.Bytes())  # float64
    _network = fixed(traitlets.Dict())  # W1, b1, W2, b2 as float64 bytes

    def __init__(self, X, Y, parameters, predict, **traits):
        self._digits = digits(X, Y, parameters, predict)
        self._asked = None  # the drawing, and its number, that predict was last asked about
        self._named = [
            name_or_literal(value, name)
            for name, value in {"X": X, "Y": Y, "parameters": parameters, "predict": predict}.items()
        ]
        for name in {"selected", "unit"} & traits.keys():
            traits[name] = whole(traits[name], name)
        traits.setdefault("selected", int(self._arranged(traits.get("order", ORDERS[0]))[0]))
        super().__init__(**traits, **_sent(self._digits, traits["selected"]))
        self._answer()

    # The state, and what it may be

    @traitlets.validate("selected")
    def _valid_selected(self, proposal):
        m = len(self._digits.labels)
        if not 0 <= proposal["value"] < m:
            raise WidgetError(f"selected has to be a column of X, from 0 to {m - 1}, not {proposal['value']}.")
        return proposal["value"]

    @traitlets.validate("unit")
    def _valid_unit(self, proposal):
        n_h = self._digits.n_h
        if not 0 <= proposal["value"] < n_h:
            raise WidgetError(f"unit has to be a hidden unit, from 0 to {n_h - 1}, not {proposal['value']}.")
        return proposal["value"]

    @traitlets.validate("drawing")
    def _valid_drawing(self, proposal):
        return strokes(proposal["value"])

    @traitlets.observe("drawing", "revision")
    def _answer(self, change=None) -> None:
        if self._asked == (self.drawing, self.revision):
            return  # both have changed with one message, and the other one has been seen to
        self._asked = (self.drawing, self.revision)
        told, label, says = self._digits, None, ""
        if self.drawing:
            try:
                label = int(own_labels(told.predict, self._drawn(), told.parameters)[0])
                says = f"Your {name_of(told.predict)} says {label}."
            except WidgetError as error:
                says = str(error)
        self.answer = {"revision": self.revision, "label": label, "says": says}

    # What can be read from Python

    @property
    def predictions(self) -> np.ndarray:
        """The reader's labels of all pictures, (m,)."""
        return self._digits.predictions.copy()

    @property
    def outputs(self) -> np.ndarray:
        """The network's output A2 for all pictures, (m,)."""
        return self._digits.outputs.copy()

    @property
    def misclassified(self) -> np.ndarray:
        """The columns of X that are misclassified, the surest mistake first."""
        return self._arranged(ORDERS[0])[: int(self._digits.wrong.sum())]

    @property
    def picture(self) -> np.ndarray:
        """The picture that is looked at, the selected digit or the drawing, as a column (n_x, 1)."""
        return self._drawn() if self.looking_at == "drawing" else self._digits.X[:, [self.selected]]

    @property
    def prediction(self) -> int:
        """What the reader's predict says of `picture`, 0 or 1; raises WidgetError where it has no such answer."""
        return int(own_labels(self._digits.predict, self.picture, self._digits.parameters)[0])

    @property
    def output(self) -> float:
        """The network's output A2 for `picture`."""
        return float(forward(self.picture, self._digits.parameters)[1][0, 0])

    @property
    def activations(self) -> np.ndarray:
        """The activations A1 of the hidden units for `picture`, (n_h,)."""
        return forward(self.picture, self._digits.parameters)[0][:, 0]

    def _drawn(self) -> np.ndarray:
        return drawing_model.to_image(self.drawing, self._digits.side).reshape(-1, 1)

    def _arranged(self, order: str) -> np.ndarray:
        told: Digits = self._digits
        return arrange(told.outputs, told.predictions, told.labels, order)

    # What a widget of the course says of itself

    def fixed_code(self) -> list[str]:
        return self._named

    def static_svg(self) -> str:
        told, square = self._digits, (self._digits.side, self._digits.side)
        first = self._arranged(self.order)[: picture.COLUMNS * picture.ROWS]
        shown = [(told.X[:, i].reshape(square), told.outputs[i], bool(told.wrong[i])) for i in first]
        words = {
            "large": f"{self._called()}\noutput {self.output:.3f}",
            "weights": f"weights of unit {self.unit}\nblue negative\norange positive",
            "caption": self.caption(),
        }
        weights = told.parameters["W1"][self.unit].reshape(square)
        return picture.svg(shown, self.picture.reshape(square), weights, words)

    def described(self) -> str:
        return (
            f"{self._title()} Shown are the first of them with the network's output, {self._called()}, "
            f"and the weights of hidden unit {self.unit}."
        )

    def _title(self) -> str:
        wrong, m = int(self._digits.wrong.sum()), len(self._digits.labels)
        return f"{m} digits, {wrong} of them misclassified ({wrong / m:.2%}); {self.order}."

    def _called(self) -> str:
        if self.looking_at == "drawing":
            return "the drawing"
        return f"picture {self.selected}, a {self._digits.labels[self.selected]}"


def _sent(told: Digits, selected: int) -> dict:
    """Return what the browser gets once: as many digits as it can take, and the network."""
    columns = told.kept(selected)
    shown = told.X if len(columns) == told.X.shape[1] else told.X[:, columns]
    steps = levels(shown)
    return {
        "_facts": {
            "side": told.side,
            "n_h": told.n_h,
            "levels": steps,
            "total": len(told.labels),
            "wrong": int(told.wrong.sum()),
        },
        "_columns": columns.astype("<i4").tobytes(),
        "_pixels": quantised(shown, steps),
        "_labels": told.labels[columns].astype(np.uint8).tobytes(),
        "_predictions": told.predictions[columns].astype(np.uint8).tobytes(),
        "_outputs": told.outputs[columns].astype("<f8").tobytes(),
        "_network": {name: told.parameters[name].astype("<f8").tobytes() for name in ("W1", "b1", "W2", "b2")},
    }
