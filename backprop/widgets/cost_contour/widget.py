"""The cost of one neuron as a map over its weight and bias, and steepest descent on it, step by step.

The map may also be that of any function of two numbers. Where that is the cost of the neuron, path and arrow still come
from its formulas; else from a smooth surface through the computed heights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import traitlets

from ..shared.as_code import literal, name_or_literal
from ..shared.base import WidgetError, fixed, state
from ..shared.kernel_work import KernelWork
from ..shared.student_function import in_code
from . import picture as picture
from .model import walk
from .problem import OWN_NODES, Problem, number

W_RANGE, B_RANGE = (-4.0, 4.0), (-2.0, 4.0)
HOME = (1.3, -0.1)
# Places of the lesson: w, b and η. What they are named for happens with its two examples and tanh.
LESSON = {
    "start": (*HOME, 1.0),
    "plateau": (2.5, -0.4, 1.0),
    "zigzag": (0.0, 0.0, 1.0),
    "divergence": (-1.0, 1.0, 8.0),
}
MOST_STEPS = 1000


class CostContour(KernelWork):
    """Show the cost over (w, b), and let the user walk down it.

    `examples` are pairs (x, y) of input and target, `activation` one of "tanh", "sigmoid", "relu", "step", "identity".
    `cost` is a function of (w, b), or of (w, b, examples), whose map is shown instead. `dCdw` and `dCdb` are slopes to
    be shown beside the true ones: functions of (w, b), or of (w, b, x, y) for one example. `w_range` and `b_range` say
    what the map shows, and `starts` names places: `{"plateau": (2.5, -0.4, 1)}` is w, b and η.

    The state is where the walk starts, `w` and `b`, the learning rate `eta`, and how many `steps` it has gone; with
    `predict`, `prediction` is the point at which the user expects ten steps to end. `path`, `costs`, `point`, `cost`,
    `gradient`, `own_gradient` and `answers` follow from these.
    """

    w = state(traitlets.Float())
    b = state(traitlets.Float())
    eta = state(traitlets.Float(1.0))
    steps = state(traitlets.Int(0))
    predict = state(traitlets.Bool(False), code="if set")
    prediction = state(traitlets.List(traitlets.Float()), code="if set")
    own = state(traitlets.Bool(False), code="if set")  # whether the student's own arrow is shown

    activation = fixed(traitlets.Unicode())
    is_neuron = fixed(traitlets.Bool())  # else path and arrow come from the heights
    pairs = fixed(traitlets.Bytes())  # doubles, x and y of each example in turn; empty where there are none
    w_range = fixed(traitlets.List(traitlets.Float()))
    b_range = fixed(traitlets.List(traitlets.Float()))
    home = fixed(traitlets.List(traitlets.Float()))
    starts = fixed(traitlets.Dict())
    most_steps = fixed(traitlets.Int(MOST_STEPS))
    nodes = fixed(traitlets.List(traitlets.Int()))
    heights = fixed(traitlets.Bytes())  # doubles, the lowest row first
    has_own = fixed(traitlets.Bool())
    own_nodes = fixed(traitlets.List(traitlets.Int()))
    own_off = fixed(traitlets.Bytes())  # doubles, two for each node: own minus true slopes

    RESULTS = ("heights", "own_off")

    def __init__(
        self,
        examples=None,
        activation: str = "tanh",
        cost: Callable | None = None,
        dCdw: Callable | None = None,
        dCdb: Callable | None = None,
        w_range=W_RANGE,
        b_range=B_RANGE,
        starts: dict | None = None,
        w: float | None = None,
        b: float | None = None,
        eta: float = 1.0,
        steps: int = 0,
        predict: bool = False,
        prediction=(),
        own: bool = False,
    ):
        self._problem = problem = Problem(examples, activation, cost, (dCdw, dCdb), w_range, b_range)
        self._given = {"examples": examples, "activation": activation, "starts": starts}
        self._functions = {"cost": cost, "dCdw": dCdw, "dCdb": dCdb}
        ranges = (problem.w_range, problem.b_range)
        home = [at if low <= at <= high else (low + high) / 2 for at, (low, high) in zip(HOME, ranges, strict=True)]
        w, b = home[0] if w is None else number("w", w), home[1] if b is None else number("b", b)
        problem.try_at(w, b)
        super().__init__(
            w=w,
            b=b,
            eta=_rate(eta),
            steps=_steps(steps),
            own=bool(own),
            predict=bool(predict),
            prediction=_prediction(prediction),
            activation=activation,
            is_neuron=problem.is_neuron,
            has_own=problem.slopes is not None,
            pairs=b"" if problem.neuron is None else np.stack([problem.neuron.x, problem.neuron.y], axis=1).tobytes(),
            w_range=list(ranges[0]),
            b_range=list(ranges[1]),
            home=home,
            starts=_starts(starts) or (LESSON if problem.is_lesson else {"start": (*home, 1.0)}),
            nodes=[problem.w.size, problem.b.size],
            own_nodes=list(OWN_NODES),
        )
        self.publish()

    # What follows from the state

    @property
    def path(self) -> np.ndarray:
        """The points (w, b) of the walk, the start first: shape (steps + 1, 2), fewer where it has left the map."""
        return walk(self._landscape(), self.w, self.b, self.eta, self.steps)

    @property
    def costs(self) -> np.ndarray:
        """The cost at each point of the walk: shape (steps + 1,)."""
        landscape = self._landscape()
        return np.array([landscape.at(*point).cost for point in self.path])

    @property
    def point(self) -> tuple[float, float]:
        """Where the walk has come to: (w, b)."""
        w, b = self.path[-1]
        return float(w), float(b)

    @property
    def cost(self) -> float:
        """The cost where the walk has come to."""
        return self._landscape().at(*self.point).cost

    @property
    def gradient(self) -> tuple[float, float]:
        """The true slopes there, along w and along b."""
        place = self._landscape().at(*self.point)
        return place.along_w, place.along_b

    @property
    def own_gradient(self) -> tuple[float, float] | None:
        """The slopes there by the student's own functions; None where none were passed."""
        return None if self._problem.slopes is None else self._problem.slopes(*self.point)

    @property
    def answers(self) -> np.ndarray | None:
        """The neuron's answer to the input of each example, there: shape (N,); None where there is no neuron."""
        return None if self._problem.neuron is None else self._problem.neuron.answers(*self.point)

    def _landscape(self):
        if not self._problem.is_neuron and self._problem.share < 1:  # a script asks for what nobody has waited for
            self._finish(self._problem.pieces())
            self.publish()
        return self._problem.landscape

    # The work in the kernel

    def pieces(self) -> Iterator[None]:
        return self._problem.pieces()

    def share(self) -> float:
        return self._problem.share

    def size_of_a_piece(self) -> float:
        if np.all(np.isfinite(self._problem.heights)):
            return float("inf")  # what is left would not be seen in a still picture, and so can wait
        return 1.0 if self._problem.neuron is None else len(self._problem.neuron.x)

    def publish(self) -> None:
        with self.hold_sync():
            self.heights = self._problem.heights.tobytes()
            self.own_off = self._problem.off.tobytes() if self.has_own else b""
            if self._problem.trouble:
                self.notice = self._problem.trouble

    # Words and pictures

    def described(self) -> str:
        landscape = self._problem.landscape
        path = walk(landscape, self.w, self.b, self.eta, self.steps)
        cost = landscape.at(*path[-1]).cost
        what = "neuron" if self._problem.is_neuron else "function of w and b"
        gone = (
            f" after {len(path) - 1} steps from ({self.w:.3g}, {self.b:.3g}) with η = {self.eta:g}"
            if self.steps
            else ""
        )
        told = f"{cost:.3f}" if np.isfinite(cost) else "not computed yet"
        where = f"At w = {path[-1][0]:.2f}, b = {path[-1][1]:.2f}{gone} the cost is {told}."
        return f"Map of the cost of a {what} over w and b, white low and black high. {where}".replace("-", "−")

    def static_svg(self) -> str:
        landscape = self._problem.landscape
        path = walk(landscape, self.w, self.b, self.eta, self.steps)
        return picture.document(self._problem, path, self.caption())

    def fixed_code(self) -> list[str]:
        examples, activation = self._given["examples"], self._given["activation"]
        found = [] if examples is None else [name_or_literal(examples, "examples")]
        if activation != "tanh":
            found.append(f"activation={literal(activation)}")
        found += in_code(self._functions)
        for name, usual in (("w_range", W_RANGE), ("b_range", B_RANGE)):
            if tuple(getattr(self, name)) != usual:
                found.append(f"{name}={literal(tuple(getattr(self, name)))}")
        if self._given["starts"] is not None:
            found.append(f"starts={literal(dict(self.starts))}")
        return found


def _rate(eta) -> float:
    if number("eta", eta) <= 0:
        raise WidgetError(f"eta is {eta:g}, and has to be more than 0.")
    return float(eta)


def _steps(steps) -> int:
    if isinstance(steps, bool) or not (isinstance(steps, int | np.integer) and 0 <= steps <= MOST_STEPS):
        raise WidgetError(f"steps is {steps!r}, and has to be a whole number from 0 to {MOST_STEPS}.")
    return int(steps)


def _prediction(point) -> list[float]:
    point = [number("prediction", value) for value in point]
    if len(point) not in (0, 2):
        raise WidgetError("prediction has to be a point (w, b), or empty.")
    return point


def _starts(starts: dict | None) -> dict:
    for name, place in (starts or {}).items():
        if not isinstance(place, tuple | list) or len(place) != 3:
            raise WidgetError(f"The start {name!r} is {place!r}, and has to be three numbers: w, b and η.")
        _rate([number(f"the start {name!r}", value) for value in place][2])
    return dict(starts or {})
