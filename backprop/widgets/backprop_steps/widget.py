"""BackpropSteps: one pass through a 2-3-1 network, a number on every edge and node, one quantity at a time.

The state is the parameters, which sample is shown, how far the pass has come, and which entry is explained. Everything
else is computed from it, here by `model.py` and in the browser by `model.js`. A student's
own functions are read, so that the line of a step can be lit up, and called, so that their numbers stand beside the
right ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import traitlets

from ..shared.as_code import literal, name_or_literal
from ..shared.base import LessonWidget, WidgetError, fixed, state
from ..shared.readable_number import number
from ..shared.student_function import in_code
from .model import BACKWARD, FORWARD, PARAMETERS, STEPS, Values, run, shapes
from .picture import picture
from .source import listing
from .student_backprop import Own

SIZES = (2, 3, 1)  # n_x, n_h, n_y
MOST_SAMPLES = 6
MOST = 100.0  # the largest parameter that still makes sense beside a sigmoid
EXAMPLE = {
    "X": [[1.0, -0.5], [2.0, 0.5]],
    "Y": [[1.0, 0.0]],
    "W1": [[0.5, -0.4], [-0.7, 0.9], [0.3, 0.8]],
    "b1": [[0.1], [-0.2], [0.0]],
    "W2": [[0.7, -1.1, 0.4]],
    "b2": [[0.2]],
}
MEANING = {
    "X": "inputs by samples",
    "Y": "outputs by samples",
    "W1": "hidden units by inputs",
    "b1": "a column, one entry for each hidden unit",
    "W2": "outputs by hidden units",
    "b2": "a column, one entry for each output",
}


class BackpropSteps(LessonWidget):
    """A network with two inputs, three hidden units and one output, sigmoid in both layers, and its slopes.

    `X` (2, m) and `Y` (1, m) hold one to six samples as columns. `parameters` is a dictionary of W1 (3, 2), b1 (3, 1),
    W2 (1, 3), b2 (1, 1); each can be given by its own name, too. `forward`, `cost` and `backward` are a student's own
    `forward_propagation`, `computer_cost` and `back_propogation`. `step` counts from 0, nothing computed, to 11, the
    last slope; `sample` and `entry` count from 0. Raises WidgetError, in one sentence, where an argument does not fit.
    """

    W1 = state(traitlets.List(traitlets.List(traitlets.Float())))
    b1 = state(traitlets.List(traitlets.List(traitlets.Float())))
    W2 = state(traitlets.List(traitlets.List(traitlets.Float())))
    b2 = state(traitlets.List(traitlets.List(traitlets.Float())))
    sample = state(traitlets.Int(0))
    step = state(traitlets.Int(0))
    entry = state(traitlets.Int(0))
    _X = fixed(traitlets.List())
    _Y = fixed(traitlets.List())
    _start = fixed(traitlets.Dict())  # what Reset goes back to
    _code = fixed(traitlets.List())  # the student's functions: name, lines, and which line computes what
    _own = fixed(traitlets.Dict())  # what the student's functions say, and of which parameters

    def __init__(
        self,
        X=None,
        Y=None,
        parameters: Mapping | None = None,
        *,
        forward: Callable | None = None,
        cost: Callable | None = None,
        backward: Callable | None = None,
        sample: int = 0,
        step: int = 0,
        entry: int = 0,
        **given,
    ):
        self._written = {name: value for name, value in (("X", X), ("Y", Y)) if value is not None}
        self._functions = {"forward": forward, "cost": cost, "backward": backward}
        for name, function in self._functions.items():
            if function is not None and not callable(function):
                raise WidgetError(f"`{name}` has to be one of your functions; it is {function!r}.")
        if (X is None) != (Y is None):
            raise WidgetError(f"Give X and Y together: `{'X' if X is None else 'Y'}` is missing.")
        X, Y = (_matrix(name, EXAMPLE[name] if v is None else v) for name, v in (("X", X), ("Y", Y)))
        if X.shape[1] != Y.shape[1]:
            raise WidgetError(
                f"X has {X.shape[1]} samples and Y has {Y.shape[1]}; both need one column for each sample."
            )
        chosen = {name: _matrix(name, value) for name, value in _chosen(parameters, given).items()}
        counts = (("sample", sample, X.shape[1]), ("step", step, len(STEPS)), ("entry", entry, 6))
        place = {name: _count(name, value, end) for name, value, end in counts}
        start = {name: value.tolist() for name, value in chosen.items()} | place
        super().__init__(**start, _X=X.tolist(), _Y=Y.tolist(), _start=start, _code=self._listings())
        self._own_answers = Own(**self._functions) if any(self._functions.values()) else None
        self.observe(self._ask_own, list(PARAMETERS))
        self._ask_own()

    @traitlets.validate(*PARAMETERS)
    def _check_parameter(self, proposal) -> list[list[float]]:
        return _matrix(proposal["trait"].name, proposal["value"]).tolist()

    # What Python can read

    @property
    def X(self) -> np.ndarray:
        """The samples, (2, m)."""
        return np.array(self._X)

    @property
    def Y(self) -> np.ndarray:
        """The targets, (1, m)."""
        return np.array(self._Y)

    @property
    def parameters(self) -> dict[str, np.ndarray]:
        """The parameters in the present state, as the functions of the lesson take them."""
        return {name: np.array(getattr(self, name)) for name in PARAMETERS}

    @property
    def values(self) -> Values:
        """Every quantity of the pass, by its name: Z1, A1, Z2, A2, cost, dZ2, dW2, db2, dZ1, dW1, db1."""
        return run(self.X, self.Y, self.parameters)

    @property
    def cache(self) -> dict[str, np.ndarray]:
        """What the forward pass keeps: Z1, A1, Z2, A2."""
        values = self.values
        return {name: values[name] for name in ("Z1", "A1", "Z2", "A2")}

    @property
    def grads(self) -> dict[str, np.ndarray]:
        """The slopes of the cost: dW1, db1, dW2, db2."""
        values = self.values
        return {"d" + name: values["d" + name] for name in PARAMETERS}

    @property
    def cost(self) -> float:
        """The cost in the present state."""
        return float(self.values["cost"])

    @property
    def at(self) -> str:
        """The quantity that the present step computes; "start" before the first one."""
        return STEPS[self.step]

    # What the base asks for

    def fixed_code(self) -> list[str]:
        data = [f"{name}={name_or_literal(value, literal(value))}" for name, value in self._written.items()]
        return [*data, *in_code(self._functions)]

    def static_svg(self) -> str:
        return picture(self.X, self.Y, self.parameters, self.values, self.sample, self.caption())

    def described(self) -> str:
        values = self.values
        steepest = max(PARAMETERS, key=lambda name: np.max(np.abs(values["d" + name])))
        return (
            f"A network with 2 inputs, 3 hidden units and 1 output, with every number of one pass forward and back for "
            f"sample {self.sample}. A2 is {number(values['A2'][0, self.sample])}, the target "
            f"{number(self.Y[0, self.sample])}, the cost {number(values['cost'])}; "
            f"the largest slope is in d{steepest}."
        )

    def _listings(self) -> list[dict]:
        """Return the source of the student's functions, as far as it can be read."""
        read = {"forward": FORWARD[:4], "cost": ("cost",), "backward": BACKWARD}
        found = [listing(function, read[name]) for name, function in self._functions.items() if function is not None]
        return [{"function": one.function, "lines": one.lines, "marks": one.marks} for one in found if one]

    def _ask_own(self, _change=None) -> None:
        """Ask the student's functions, and keep what they answer for these parameters."""
        if self._own_answers:
            of = [getattr(self, name) for name in PARAMETERS]
            self._own = {"of": of, **self._own_answers.about(self.X, self.Y, self.parameters, self.values)}


def _chosen(parameters: Mapping | None, given: Mapping) -> dict:
    """Return the parameters to begin with: those given one by one, those of the dictionary, or the example's."""
    if parameters is not None and not isinstance(parameters, Mapping):
        raise WidgetError("`parameters` has to be a dictionary of W1, b1, W2 and b2.")
    for name in given:
        if name not in PARAMETERS:
            raise WidgetError(f"BackpropSteps takes no argument `{name}`.")
    for name in PARAMETERS:
        if parameters is not None and name not in parameters:
            raise WidgetError(f"`parameters` has no {name!r}; it needs W1, b1, W2 and b2.")
    return {name: given.get(name, (parameters or EXAMPLE)[name]) for name in PARAMETERS}


def _matrix(name: str, value) -> np.ndarray:
    """Return `value` as a matrix of the right shape; WidgetError where it is none."""
    try:
        found = np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise WidgetError(f"`{name}` has to be an array of numbers, {MEANING[name]}.") from None
    rows, columns = shapes(*SIZES).get(name, (SIZES[0] if name == "X" else SIZES[2], None))
    fits = found.ndim == 2 and found.shape[0] == rows
    if columns is None:
        if not fits or not 1 <= found.shape[1] <= MOST_SAMPLES:
            wanted = f"({rows}, m) with m from 1 to {MOST_SAMPLES}"
            raise WidgetError(f"`{name}` has to have the shape {wanted}, {MEANING[name]}; it has {found.shape}.")
    elif not fits or found.shape[1] != columns:
        raise WidgetError(f"`{name}` has to have the shape ({rows}, {columns}), {MEANING[name]}; it has {found.shape}.")
    bad = np.argwhere(~(np.abs(found) <= MOST))  # not a number fails this, too
    if len(bad):
        i, j = bad[0]
        raise WidgetError(
            f"`{name}[{i}, {j}]` has to be a number between −{MOST:g} and {MOST:g}; it is {found[i, j]:g}."
        )
    return found


def _count(name: str, value, end: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 0 <= value < end:
        raise WidgetError(f"`{name}` has to be a whole number from 0 to {end - 1}; it is {value!r}.")
    return int(value)
