"""A student's own functions of the two-layer network, called in turn; what is wrong with one becomes a sentence.

The names are those of the lesson on a hidden layer. Any network will do whose functions are called the same way:
`forward_propagation(X, parameters)` returns A2 and a cache, `computer_cost(A2, Y)` one number,
`back_propogation(X, Y, parameters, cache)` the slopes, `update_parameters(parameters, grads, learning_rate)` new
parameters, `initialize_parameters(n_x, n_h, n_y)` the first ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .background_task import quietly
from .student_function import StudentFunctionError, explained, name_of

Parameters = dict[str, np.ndarray]
FEW = 4  # samples on which functions are tried before the work begins: a trial must not take long


@dataclass(frozen=True)
class StudentNetwork:
    """The data, X (n_x, m) and Y (n_y, m), and the functions that a student wrote."""

    X: np.ndarray
    Y: np.ndarray
    forward_propagation: Callable
    computer_cost: Callable
    back_propogation: Callable | None = None
    update_parameters: Callable | None = None
    initialize_parameters: Callable | None = None

    def __post_init__(self):
        for name, value in (("X", self.X), ("Y", self.Y)):
            _refuse_bad_data(name, value)
        if self.X.shape[1] != self.Y.shape[1]:
            raise StudentFunctionError(
                f"X has {self.X.shape[1]} samples and Y has {self.Y.shape[1]}; both need one column for each sample."
            )
        for name in ("forward_propagation", "computer_cost"):
            _refuse_no_function(name, getattr(self, name))
        for name in ("back_propogation", "update_parameters", "initialize_parameters"):
            if getattr(self, name) is not None:
                _refuse_no_function(name, getattr(self, name))

    @property
    def can_train(self) -> bool:
        """Whether the functions of a training step are there."""
        return self.back_propogation is not None and self.update_parameters is not None

    def start(self, n_h: int) -> Parameters:
        """Return the first parameters of a network with `n_h` hidden units, from NumPy's present random numbers."""
        parameters = _called(self.initialize_parameters, self.X.shape[0], n_h, self.Y.shape[0])
        return checked_parameters(parameters, f"{name_of(self.initialize_parameters)} returns")

    def cost(self, parameters: Parameters) -> float:
        """Return the cost at these parameters; it may be infinite or NaN, but it is one number."""
        return self._forward(parameters)[0]

    def training(self, parameters: Parameters, learning_rate: float) -> Iterator[tuple[float, Parameters]]:
        """Yield the cost and the parameters before the first step, after it, and so on without end."""
        while True:
            cost, cache = self._forward(parameters)
            yield cost, parameters
            grads = _called(self.back_propogation, self.X, self.Y, _copied(parameters), cache)
            updated = _called(self.update_parameters, _copied(parameters), grads, learning_rate)
            parameters = checked_parameters(updated, f"{name_of(self.update_parameters)} returns", parameters)

    def tried(self, parameters: Parameters, learning_rate: float = 0.01) -> None:
        """Call every function once, on the first few samples; StudentFunctionError where one cannot be used."""
        few = replace(self, X=self.X[:, :FEW].copy(), Y=self.Y[:, :FEW].copy())
        with quietly():
            if self.can_train:
                training = few.training(parameters, learning_rate)
                next(training), next(training)
            else:
                few.cost(parameters)

    def tried_from_the_start(self, n_h: int) -> None:
        """Make a small network and call every function once on the first few samples, as `tried` does."""
        before = np.random.get_state()
        try:
            with quietly():
                parameters = self.start(n_h)
        finally:
            np.random.set_state(before)
        self.tried(parameters)

    def _forward(self, parameters: Parameters) -> tuple[float, object]:
        answer = _called(self.forward_propagation, self.X, _copied(parameters))
        if not isinstance(answer, tuple) or len(answer) != 2:
            raise StudentFunctionError(
                f"{name_of(self.forward_propagation)} returns {_kind(answer)}; it should return two things: A2, cache."
            )
        A2, cache = answer
        if np.shape(A2) != self.Y.shape:
            raise StudentFunctionError(
                f"{name_of(self.forward_propagation)} returns A2 of shape {np.shape(A2)}, and Y has {self.Y.shape}."
            )
        return one_number(_called(self.computer_cost, A2, self.Y), f"{name_of(self.computer_cost)} returns"), cache


def one_number(value: Any, what: str) -> float:
    """Return a cost as a float; StudentFunctionError, beginning with `what`, where it is no single number."""
    if np.ndim(value) != 0:
        raise StudentFunctionError(f"{what} an array of shape {np.shape(value)}; a cost is one number.")
    try:
        return float(value)
    except (TypeError, ValueError):
        raise StudentFunctionError(f"{what} {_kind(value)}; a cost is one number.") from None


def checked_parameters(value: object, what: str, like: Parameters | None = None) -> Parameters:
    """Return parameters as a dictionary of arrays, of the names and shapes of `like` where that is given."""
    if not isinstance(value, Mapping) or not value:
        raise StudentFunctionError(f"{what} {_kind(value)}; it should be a dictionary of arrays: W1, b1, W2, b2.")
    found = {}
    for name, array in value.items():
        try:
            found[str(name)] = np.asarray(array, dtype=float)
        except (TypeError, ValueError):
            raise StudentFunctionError(
                f"{what} {name!r} as {_kind(array)}; it should be an array of numbers."
            ) from None
    for name, before in (like or {}).items():
        if name not in found:
            raise StudentFunctionError(f"{what} no {name!r}.")
        if found[name].shape != before.shape:
            raise StudentFunctionError(f"{what} {name} of shape {found[name].shape}, and it was {before.shape}.")
    return found


def finite(parameters: Parameters) -> bool:
    """Say whether every parameter is a finite number."""
    return all(math.isfinite(float(np.sum(value))) or bool(np.all(np.isfinite(value))) for value in parameters.values())


def _called(function: Callable | None, *arguments) -> Any:
    assert function is not None  # `can_train` says first whether it is there
    with explained(function):
        return function(*arguments)


def _copied(parameters: Parameters) -> Parameters:
    """Return a copy, so that a function may change what it is given."""
    return {name: value.copy() for name, value in parameters.items()}


def _refuse_bad_data(name: str, value: object) -> None:
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.dtype.kind not in "buif":
        shape = f" of shape {value.shape}" if isinstance(value, np.ndarray) else ""
        raise StudentFunctionError(
            f"{name} is {_kind(value)}{shape}; it should be an array of numbers with one column for each sample."
        )
    if value.size == 0:
        raise StudentFunctionError(f"{name} is empty: its shape is {value.shape}.")
    if value.dtype.kind == "f" and not math.isfinite(float(np.sum(value))):  # the sum makes no second large array
        where = np.argwhere(~np.isfinite(value))
        if len(where):
            row, column = map(int, where[0])
            raise StudentFunctionError(
                f"{name}[{row}, {column}] is {value[row, column]}; every entry should be a number."
            )


def _refuse_no_function(name: str, value: object) -> None:
    if not callable(value):
        raise StudentFunctionError(f"{name} should be your function of that name, and is {_kind(value)}.")


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}" if name != "ndarray" else "an array"
