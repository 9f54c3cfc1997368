"""Ask a student's own functions of the two-layer network for every quantity of one pass.

Each function gets the right inputs, so that a mistake in one does not show up in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..shared.student_function import StudentFunctionError, ask, name_of, numbers
from .model import BACKWARD, FORWARD, PARAMETERS


@dataclass(frozen=True)
class Own:
    """`forward(X, parameters)`, `cost(A2, Y)` and `backward(X, Y, parameters, cache)`, as far as they are given."""

    forward: Callable | None = None
    cost: Callable | None = None
    backward: Callable | None = None

    def about(self, X: np.ndarray, Y: np.ndarray, parameters: dict, values: dict) -> dict[str, dict]:
        """Return, by quantity, the function that computes it, what it says, or why it says nothing.

        `values` are the right ones.
        """
        cache = {name: values[name] for name in FORWARD[:4]}
        found: dict[str, dict] = {"names": {}, "values": {}, "said": {}}
        if self.forward is not None:
            self._add(found, self.forward, FORWARD[:4], values, lambda: self._forward(X, parameters))
        if self.cost is not None:
            self._add(found, self.cost, ("cost",), values, lambda: {"cost": ask(self.cost, values["A2"], Y)})
        if self.backward is not None:
            needed = tuple("d" + name for name in PARAMETERS)
            call = lambda: self._mapping(ask(self.backward, X, Y, parameters, cache))  # noqa: E731
            self._add(found, self.backward, needed, values, call, more=BACKWARD)
        return found

    def _forward(self, X: np.ndarray, parameters: dict) -> Mapping:
        said = ask(self.forward, X, parameters)
        if not isinstance(said, tuple) or len(said) != 2 or not isinstance(said[1], Mapping):
            raise StudentFunctionError(f"{name_of(self.forward)} does not return two things, A2 and the cache.")
        return {**said[1], "A2": said[0]}

    def _mapping(self, said: object) -> Mapping:
        if not isinstance(said, Mapping):
            raise StudentFunctionError(f"{name_of(self.backward)} does not return a dictionary.")
        return said

    @staticmethod
    def _add(found: dict, function: Callable, needed, values: dict, call: Callable[[], Mapping], more=()) -> None:
        """Put what `function` says of the quantities it has to return, and of those it may, into `found`."""
        name = name_of(function)
        try:
            said, whole = call(), ""
        except StudentFunctionError as error:
            said, whole = {}, str(error)
        for quantity in dict.fromkeys([*needed, *more]):
            if quantity not in said and quantity not in needed:
                continue
            found["names"][quantity] = name
            if quantity not in said:
                found["said"][quantity] = whole or f"{name} returns no {quantity}."
                continue
            try:
                array = numbers(said[quantity], np.shape(values[quantity]), f"{name} returns {quantity} as")
                found["values"][quantity] = np.atleast_2d(array).tolist()
            except StudentFunctionError as error:
                found["said"][quantity] = str(error)
