"""ChainExplorer: values flow right and δ flow left through a chain of tanh units, one link at a time.

The state is x, y, the weights, how far the walk has come, and the scale of the bars. Everything else is computed from
it, here by `model.py` and in the browser by `model.js`. A student's own `deltas` (and
`forward`) are asked for the same state, and stand beside the bars.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import traitlets

from ..shared.base import LessonWidget, WidgetError, fixed, state
from ..shared.student_function import StudentFunctionError, ask, in_code, name_of, numbers
from .model import Chain, Step, run, steps
from .picture import number, picture

MOST_UNITS = 20
REACH = {"x": 2, "y": 2, "weight": 3}  # where the sliders end, in both directions
FEW = 6  # as many numbers are read out one by one
LESSON = (1.2, -0.7, 1.6)  # the weights of the chain of three that accompanies the lesson


class ChainExplorer(LessonWidget):
    """A chain of tanh units without biases, one sample (x, y), and its δ.

    `weights` has 1 to 20 numbers, one for each unit. `deltas(y, weights, z, f)` and `forward(x, weights)` are a
    student's own functions; with `deltas` alone it is given the right z and f. `step` counts from 0, nothing computed
    yet, to 2L + 1, everything; `log_bars` draws the bars of |δ| on a logarithmic scale.
    Raises WidgetError, in one sentence, where an argument does not fit.
    """

    x = state(traitlets.Float(0.5))
    y = state(traitlets.Float(0.8))
    weights = state(traitlets.List(traitlets.Float(), list(LESSON)))
    step = state(traitlets.Int(0))
    log_bars = state(traitlets.Bool(False))
    own = fixed(traitlets.Dict())  # what the student's functions say, and of which state
    start = fixed(traitlets.Dict())  # what Reset goes back to
    reach = fixed(traitlets.Dict(REACH))
    most_units = fixed(traitlets.Int(MOST_UNITS))

    def __init__(
        self,
        x: float = 0.5,
        y: float = 0.8,
        weights=LESSON,
        *,
        forward: Callable | None = None,
        deltas: Callable | None = None,
        step: int = 0,
        log_bars: bool = False,
    ):
        for name, function in (("forward", forward), ("deltas", deltas)):
            if function is not None and not callable(function):
                raise WidgetError(f"`{name}` has to be a function, such as your own `{name}`; it is {function!r}.")
        if forward is not None and deltas is None:
            raise WidgetError("Give `deltas` as well as `forward`: the bars show δ.")
        self._functions = {"forward": forward, "deltas": deltas}
        weights = _weights(weights)
        last = len(steps(len(weights))) - 1
        if isinstance(step, bool) or not isinstance(step, int | np.integer) or not 0 <= step <= last:
            raise WidgetError(f"`step` has to be a whole number from 0 to {last}; it is {step!r}.")
        x, y = _number("x", x, REACH["x"]), _number("y", y, REACH["y"])
        start = {"x": x, "y": y, "weights": weights, "step": int(step), "log_bars": bool(log_bars)}
        super().__init__(**start, start=start)
        self.observe(self._ask_own, ["x", "y", "weights"])
        self._ask_own()

    @traitlets.validate("x", "y")
    def _check_number(self, proposal) -> float:
        return _number(proposal["trait"].name, proposal["value"], REACH[proposal["trait"].name])

    @traitlets.validate("weights")
    def _check_weights(self, proposal) -> list[float]:
        return _weights(proposal["value"])

    # What Python can read

    @property
    def chain(self) -> Chain:
        """Every number of the chain in its present state: z, f, loss, delta and gradient."""
        return run(self.x, self.y, self.weights)

    @property
    def loss(self) -> float:
        """The loss in the present state."""
        return self.chain.loss

    @property
    def delta(self) -> np.ndarray:
        """The derivative of the loss with respect to each z, unit 1 first."""
        return self.chain.delta

    @property
    def gradient(self) -> np.ndarray:
        """The derivative of the loss with respect to each weight, w_1 first."""
        return self.chain.gradient

    @property
    def at(self) -> Step:
        """The step that is highlighted."""
        walk = steps(len(self.weights))
        return walk[min(self.step, len(walk) - 1)]

    # What the base asks for

    def fixed_code(self) -> list[str]:
        return in_code(self._functions)

    def static_svg(self) -> str:
        return picture(self.x, self.y, self.weights, self.chain, self.log_bars, self.caption())

    def described(self) -> str:
        chain, L = self.chain, len(self.weights)
        return (
            f"A chain of {L} tanh {'unit' if L == 1 else 'units'} with x = {number(self.x)}, y = {number(self.y)} and "
            f"{_listed('the weights', self.weights)}. Its loss is {number(chain.loss)}; {_listed('δ is', chain.delta)}."
        )

    def _ask_own(self, _change=None) -> None:
        """Ask the student's functions for δ, and keep the answer, or a sentence on why there is none."""
        deltas = self._functions["deltas"]
        if deltas is None:
            return
        answer = {"of": [self.x, self.y, *self.weights], "name": name_of(deltas), "delta": None, "said": ""}
        try:
            answer["delta"] = self._own_delta(deltas).tolist()
        except StudentFunctionError as error:
            answer["said"] = str(error)
        self.own = answer

    def _own_delta(self, deltas: Callable) -> np.ndarray:
        forward, L = self._functions["forward"], len(self.weights)
        weights = np.array(self.weights)
        z, f = self.chain.z, self.chain.f
        if forward is not None:
            said = ask(forward, self.x, weights)
            if not isinstance(said, tuple) or len(said) != 2:
                raise StudentFunctionError(f"{name_of(forward)} does not return two things, z and f.")
            z, f = (
                numbers(part, (L,), f"{name_of(forward)} returns {letter} of")
                for part, letter in zip(said, "zf", strict=True)
            )
        return numbers(ask(deltas, self.y, weights, z, f), (L,), f"{name_of(deltas)} returns")


def _number(name: str, value, reach: float) -> float:
    """Return `value` as a float within reach of its slider; WidgetError where it is none."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise WidgetError(f"`{name}` has to be a number; it is {value!r}.") from None
    if not -reach <= found <= reach:  # not a number fails this too
        raise WidgetError(f"`{name}` has to be a number between −{reach} and {reach}; it is {found:g}.")
    return found


def _weights(values) -> list[float]:
    """Return `values` as a list of 1 to 20 floats within reach of their sliders; WidgetError where they are none."""
    try:
        found = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise WidgetError("`weights` has to be a list of numbers, one for each unit.") from None
    if found.ndim != 1:
        raise WidgetError(f"`weights` has to be a flat list of numbers, one for each unit; its shape is {found.shape}.")
    if not 1 <= len(found) <= MOST_UNITS:
        raise WidgetError(f"`weights` has to hold 1 to {MOST_UNITS} numbers, one for each unit; it holds {len(found)}.")
    return [_number(f"weights[{i}]", value, REACH["weight"]) for i, value in enumerate(found)]


def _listed(name: str, values) -> str:
    if len(values) <= FEW:
        return f"{name} {', '.join(number(value) for value in values)}"
    return f"{name} {number(values[0])} at unit 1, …, {number(values[-1])} at unit {len(values)}"
