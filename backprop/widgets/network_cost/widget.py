"""The cost of a student's network over two parameters, or two directions, and the path of its training there."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator

import numpy as np
import traitlets

from ..shared.base import WidgetError, fixed, state
from ..shared.call_source import as_written, source_of
from ..shared.kernel_work import KernelWork
from ..shared.student_function import StudentFunctionError
from ..shared.student_network import Parameters, StudentNetwork, checked_parameters, finite
from . import model as model
from . import picture as drawing
from .survey import Map, Survey, View

DATA = ("X", "Y", "parameters")
FUNCTIONS = ("forward_propagation", "computer_cost", "back_propogation", "update_parameters")
DIRECTIONS = ("parameters", "random", "path")
MOST_STEPS = 10_000
SIZES = range(9, 130, 8)


class NetworkCost(KernelWork):
    """Map the cost of a network that a student wrote, over a plane through its parameters, and show its training there.

    X is (n_x, m), Y (n_y, m), and `parameters` a dictionary of arrays, where training begins. The functions are called
    as in the lesson on a hidden layer; without the last two the cost is mapped, and nothing trained.

    `directions` says which plane: "parameters" for the two that `across` and `up` name, as in "W1[0, 5]"; "random" for
    two random directions scaled to the parameters; "path" for the two in which training moved most. All other
    parameters are as they were after step `around`, the last one if -1. `step` is the step that is shown, `point` a
    point [a, b] of the map, the place of that step if empty. Nothing is computed before a browser shows the widget, or
    a script asks for `path`, `costs`, `map` or `cost`.
    """

    RESULTS = ("_training", "_map")

    directions = state(traitlets.Enum(DIRECTIONS, "parameters"))
    across = state(traitlets.Unicode())
    up = state(traitlets.Unicode())
    seed = state(traitlets.Int(1))
    around = state(traitlets.Int(-1))
    zoom = state(traitlets.Float(1.0))
    step = state(traitlets.Int(-1))
    point = state(traitlets.List(traitlets.Float()))

    _shapes = fixed(traitlets.Dict())  # of the parameters, for the menus
    _rate = fixed(traitlets.Float())
    _training = fixed(traitlets.Dict())
    _map = fixed(traitlets.Dict())

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        parameters: Parameters,
        forward_propagation: Callable,
        computer_cost: Callable,
        back_propogation: Callable | None = None,
        update_parameters: Callable | None = None,
        *,
        learning_rate: float = 0.5,
        steps: int = 100,
        size: int = 41,
        **state,
    ):
        functions = (forward_propagation, computer_cost, back_propogation, update_parameters)
        given = dict(zip(DATA + FUNCTIONS, (X, Y, parameters, *functions), strict=True))
        written = as_written(sys._getframe(1), list(given))
        self._code = [source_of(value, name, written) for name, value in given.items() if value is not None]
        self._code += [f"learning_rate={learning_rate:.12g}", f"steps={steps}"] if update_parameters else []
        _refuse(learning_rate=learning_rate, steps=steps, size=size)
        try:
            network = StudentNetwork(X, Y, *functions)
            parameters = checked_parameters(parameters, "parameters is")
            if not finite(parameters):
                raise StudentFunctionError("parameters holds a number that is not finite.")
            network.tried(parameters, learning_rate)
        except StudentFunctionError as error:
            raise WidgetError(f"{error}") from None
        self._survey = Survey(network, parameters, learning_rate, steps, size)
        names = list(parameters)
        state = {"across": f"{names[0]}[0, 0]", "up": f"{names[-1]}[0, 0]"} | state
        super().__init__(
            **state,
            _shapes={name: list(value.shape) for name, value in parameters.items()},
            _rate=float(learning_rate),
        )

    def fixed_code(self) -> list[str]:
        return self._code

    # The state, and what is allowed in it

    @property
    def view(self) -> View:
        """Which map the state asks for."""
        return View(self.directions, self.across, self.up, self.seed, self.around, self.zoom)

    @traitlets.validate("across", "up")
    def _parameter(self, proposal):
        try:
            model.place(self._survey.parameters, proposal["value"])
        except ValueError as error:
            raise WidgetError(str(error)) from None
        return proposal["value"]

    @traitlets.validate("zoom")
    def _positive(self, proposal):
        if not 0 < proposal["value"] < math.inf:
            raise WidgetError(f"zoom is {proposal['value']:g}; it should be a number greater than 0.")
        return proposal["value"]

    @traitlets.validate("seed")
    def _seed(self, proposal):
        if not 0 <= proposal["value"] < 2**32:
            raise WidgetError(f"seed is {proposal['value']}; it should be a number from 0 to {2**32 - 1}.")
        return proposal["value"]

    @traitlets.validate("point")
    def _pair(self, proposal):
        point = proposal["value"]
        if len(point) not in (0, 2) or not all(map(math.isfinite, point)):
            raise WidgetError(f"point is {point}; it should be two numbers, or empty for the place of the step.")
        return point

    @traitlets.observe("directions", "across", "up", "seed", "around", "zoom")
    def _another_map(self, _):
        if self._views:
            self._renew()

    # What a script can ask for

    @property
    def costs(self) -> np.ndarray:
        """The cost before the first step of training, after it, and so on: (steps + 1,)."""
        self._finish(self._survey.train())
        return np.array(self._survey.costs)

    @property
    def path(self) -> np.ndarray:
        """Where on the map training passed: (k, 2)."""
        return self._present_map().path

    @property
    def map(self) -> np.ndarray:
        """The costs of the map, (size, size), the lowest row first."""
        present = self._present_map()
        self._finish(self._survey.survey(present))
        return present.grid()

    @property
    def window(self) -> tuple[float, float, float]:
        """The middle (a, b) of the map, and half of its width and height."""
        return self._present_map().window

    @property
    def parameters(self) -> Parameters:
        """All parameters at the point."""
        present = self._present_map()
        return self._survey.parameters_at(present, *self._place(present))

    @property
    def cost(self) -> float:
        """The cost at the point, by the student's own functions."""
        present = self._present_map()
        costs: list[float] = []

        def one() -> Iterator[None]:
            costs.append(self._survey.cost_at(present, *self._place(present)))
            yield

        self._finish(one())
        return costs[0]

    def _present_map(self) -> Map:
        try:
            self._finish(self._survey.train())
            return self._survey.map(self.view)
        except (StudentFunctionError, ValueError) as error:
            raise WidgetError(str(error)) from None

    def _place(self, present: Map) -> tuple[float, float]:
        if self.point:
            return self.point[0], self.point[1]
        recorded = -1 if self.step < 0 else self._survey.nearest(self.step)
        return float(present.path[recorded, 0]), float(present.path[recorded, 1])

    # The work in the kernel

    def pieces(self) -> Iterator[None]:
        yield from self._survey.train()
        yield from self._survey.survey(self._survey.map(self.view))

    def share(self) -> float:
        survey = self._survey
        done = survey.steps + 1 if survey.trained else len(survey.costs)
        return (done + survey.begun(self.view)) / (survey.steps + 1 + survey.size**2)

    def size_of_a_piece(self) -> float:
        return 3.0 * self._survey.network.X.shape[1] * model.flat(self._survey.parameters).size

    def publish(self) -> None:
        survey = self._survey
        self._training = {
            "costs": as_bytes(survey.costs),
            "recorded": list(survey.recorded),
            "steps": survey.steps,
            "done": survey.trained,
        }
        if not survey.begun(self.view):
            return
        present = survey.map(self.view)
        self._map = {
            "key": key(self.view),
            "window": list(present.window),
            "size": present.size,
            "costs": as_bytes(present.costs),
            "path": as_bytes(present.path),
        }

    # The still picture

    def described(self) -> str:
        return drawing.described(self._survey, self.view)

    def static_svg(self) -> str:
        return drawing.svg(self._survey, self.view, self.point, self.caption())


def key(view: View) -> str:
    """Return a view as the text by which the browser knows which map it has got."""
    return "|".join([view.directions, view.across, view.up, str(view.seed), str(view.around), f"{view.zoom:.12g}"])


def as_bytes(numbers) -> bytes:
    """Return numbers as the browser reads them: eight bytes each, the lowest first."""
    return np.asarray(numbers, dtype="<f8").tobytes()


def _refuse(learning_rate: float, steps: int, size: int) -> None:
    if not isinstance(learning_rate, int | float | np.number) or not math.isfinite(learning_rate):
        raise WidgetError(f"learning_rate is {learning_rate!r}; it should be a number, as 0.5.")
    if not isinstance(steps, int | np.integer) or not 0 <= steps <= MOST_STEPS:
        raise WidgetError(f"steps is {steps!r}; it should be a whole number from 0 to {MOST_STEPS}.")
    if size not in SIZES:
        raise WidgetError(f"size is {size!r}; it should be one more than a multiple of 8, from 9 to 129.")
