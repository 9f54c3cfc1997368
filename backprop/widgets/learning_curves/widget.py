"""Cost curves of a student's network for learning rates and hidden layers that the student chooses."""

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
from ..shared.student_network import StudentNetwork
from . import picture as drawing
from .run import Run, key, settings, table

FUNCTIONS = ("initialize_parameters", "forward_propagation", "computer_cost", "back_propogation", "update_parameters")
MOST_RUNS = 8  # as many curves as can be told apart


class LearningCurves(KernelWork):
    """Train a network that a student wrote, as often as wanted, and compare the curves of its cost.

    X is (n_x, m), Y (n_y, m); the functions are called as in the lesson on a hidden layer. `learning_rate`, `n_h`,
    `steps` and `seed` are what the next run gets. `runs` lists the runs that are asked for, at most eight, each as
    {"learning_rate": 0.5, "n_h": 10, "steps": 100, "seed": 1}. They are trained in the kernel when a browser shows the
    widget, between whatever cells are run meanwhile; `results` holds what they have given so far, and `finish()` trains
    what is left and waits for it.
    """

    RESULTS = ("_curves",)

    learning_rate = state(traitlets.Float(0.5))
    n_h = state(traitlets.Int(10))
    steps = state(traitlets.Int(100))
    seed = state(traitlets.Int(1))
    runs = state(traitlets.List(traitlets.Dict()))
    step = state(traitlets.Int(-1))  # at which the curves are compared; -1 is the last
    logarithmic = state(traitlets.Bool(False))

    _curves = fixed(traitlets.List(traitlets.Dict()))
    _most_runs = fixed(traitlets.Int(MOST_RUNS))

    def __init__(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        initialize_parameters: Callable,
        forward_propagation: Callable,
        computer_cost: Callable,
        back_propogation: Callable,
        update_parameters: Callable,
        **state,
    ):
        functions = (initialize_parameters, forward_propagation, computer_cost, back_propogation, update_parameters)
        given = dict(zip(("X", "Y", *FUNCTIONS), (X, Y, *functions), strict=True))
        written = as_written(sys._getframe(1), list(given))
        self._code = [source_of(value, name, written) for name, value in given.items()]
        self._results: dict[str, Run] = {}
        try:
            self._network = StudentNetwork(X, Y, *functions[1:], initialize_parameters)
            self._network.tried_from_the_start(n_h=2)
        except StudentFunctionError as error:
            raise WidgetError(str(error)) from None
        super().__init__(**state)
        self._take_up()

    def fixed_code(self) -> list[str]:
        return self._code

    # The state, and what is allowed in it

    @traitlets.validate("runs")
    def _complete(self, proposal):
        try:
            runs = [settings(run) for run in proposal["value"]]
        except ValueError as error:
            raise WidgetError(str(error)) from None
        if len(runs) > MOST_RUNS:
            raise WidgetError(f"There are {len(runs)} runs; at most {MOST_RUNS} curves can be told apart.")
        if len({key(run) for run in runs}) < len(runs):
            raise WidgetError("Two of the runs are the same; each can be there once.")
        return runs

    @traitlets.validate("learning_rate", "n_h", "steps", "seed")
    def _possible(self, proposal):
        try:
            return settings({proposal["trait"].name: proposal["value"]})[proposal["trait"].name]
        except ValueError as error:
            raise WidgetError(str(error)) from None

    @traitlets.observe("runs")
    def _other_runs(self, _):
        if self._loop is None:
            self._take_up()
        else:
            self._between_cells(self._take_up_and_go_on)

    def _take_up_and_go_on(self) -> None:
        self._take_up()
        self.publish()
        self._stopped = False  # the runs that were stopped know it
        self._renew_here()

    def stop(self) -> None:
        """Stop the runs that are not done; their curves stay as far as they have come."""
        for run in self.__dict__.get("_results", {}).values():  # none where the arguments were refused
            run.stopped = not run.done
        super().stop()

    def go_on(self) -> None:
        """Train the stopped runs on from where they stand; in a notebook this returns at once."""
        for run in self._results.values():
            run.stopped = False
        super().go_on()

    def _take_up(self) -> None:
        """Make a run for each that is asked for, and forget those that are not any more."""
        wanted = {key(run): {name: run[name] for name in run if name != "hidden"} for run in self.runs}
        self._results = {k: self._results.get(k) or Run(**run) for k, run in wanted.items()}

    def _hear(self, widget, content: dict, buffers) -> None:
        if content.get("do") == "resume" and content.get("run") in self._results:
            self._results[content["run"]].stopped = False
            self._stopped = False
            self._renew()
        super()._hear(widget, content, buffers)

    # What a script can ask for

    @property
    def results(self) -> list[Run]:
        """The runs, in the order in which they were asked for, as far as they have gone."""
        self._take_up()
        return list(self._results.values())

    @property
    def best(self) -> Run | None:
        """The run with the lowest last cost; None where there is none."""
        ended = [run for run in self.results if math.isfinite(run.cost)]
        return min(ended, key=lambda run: run.cost, default=None)

    @property
    def cost(self) -> float:
        """The lowest last cost of all runs; infinite where there is none."""
        return self.best.cost if self.best else math.inf

    def table(self) -> str:
        """Return the runs as lines of text: settings, steps done, last cost, and what the curve does."""
        return table(self.results)

    def finish(self) -> list[Run]:
        """Train what is left, wait for it, and return the results."""
        self._take_up()
        for run in self._results.values():
            run.stopped = False
        self._finish(self.pieces())
        self.publish()
        return self.results

    # The work in the kernel

    def pieces(self) -> Iterator[None]:
        for run in list(self._results.values()):
            if not run.stopped:
                yield from run.train(self._network)

    def share(self) -> float:
        runs = self._results.values()
        asked = sum(run.steps + 1 for run in runs)
        over = sum(run.steps + 1 if run.done or run.stopped else len(run.costs) for run in runs)
        return over / asked if asked else 0.0

    def size_of_a_piece(self) -> float:
        n_x, n_y = len(self._network.X), len(self._network.Y)
        sizes = [run.n_h * (n_x + n_y) for run in self._results.values() if not run.done]
        return 3.0 * self._network.X.shape[1] * max(sizes, default=0)

    def publish(self) -> None:
        self._curves = [
            {
                "key": run.key,
                "costs": np.asarray(run.costs, dtype="<f8").tobytes(),
                "done": run.done,
                "stopped": run.stopped,
                "trouble": run.trouble,
            }
            for run in self._results.values()
        ]

    # The still picture

    def _shown_runs(self) -> list[Run]:
        hidden = {key(run) for run in self.runs if run.get("hidden")}
        return [run for run in self.results if run.key not in hidden]

    def described(self) -> str:
        return drawing.described(self._shown_runs())

    def static_svg(self) -> str:
        return drawing.svg(self._shown_runs(), self.logarithmic, self.caption())
