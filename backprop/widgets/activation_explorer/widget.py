"""Scrub along an activation function: its value, its tangent, its slope, and whether a neuron could learn with it."""

from __future__ import annotations

import math

import numpy as np
import traitlets

from ..shared import static_svg as svg
from ..shared.activations import ACTIVATIONS
from ..shared.base import LessonWidget, WidgetError, fixed, state
from .model import SHOWN, learn

REACH = 5.0  # z goes from −5 to 5
BOTTOM, TOP = -1.25, 2.25
ETA = 1.0


class ActivationExplorer(LessonWidget):
    """Show σ, tanh, ReLU or a step over z, with the tangent at one point and the slope beside it.

    `activation` is "sigmoid", "tanh", "relu" or "step"; `z`, from −5 to 5, is where the tangent touches; `target`, from
    −1.25 to 2.25, is the answer that learning aims for. `answer`, `slope` and `next_z` follow from these three.
    """

    activation = state(traitlets.Unicode("tanh"))
    z = state(traitlets.Float(1.2))
    target = state(traitlets.Float(0.0))
    reach = fixed(traitlets.Float(REACH))
    eta = fixed(traitlets.Float(ETA))

    def __init__(self, activation: str = "tanh", z: float = 1.2, target: float = 0.0):
        if activation not in SHOWN:
            raise WidgetError(f"There is no activation {activation!r} here: take one of {', '.join(SHOWN)}.")
        for name, value, low, high in (("z", z, -REACH, REACH), ("target", target, BOTTOM, TOP)):
            if not (isinstance(value, int | float | np.number) and math.isfinite(value) and low <= value <= high):
                raise WidgetError(f"{name} is {value!r}, and has to be a number from {low:g} to {high:g}.")
        super().__init__(activation=activation, z=float(z), target=float(target))

    @property
    def answer(self) -> float:
        """The answer of the neuron, φ(z)."""
        return float(ACTIVATIONS[self.activation].value(self.z))

    @property
    def slope(self) -> float:
        """The slope of the answer at z, φ′(z)."""
        return float(ACTIVATIONS[self.activation].slope(self.z))

    @property
    def next_z(self) -> float:
        """Where one step of learning would lead: descent on (φ(z) − target)², with η = 1."""
        return learn(self.activation, self.z, self.target, self.eta)

    def described(self) -> str:
        name = ACTIVATIONS[self.activation].name
        return (
            f"{name} at z = {svg.number(round(self.z, 3))}: the answer is {svg.number(round(self.answer, 3))} "
            f"and its slope {svg.number(round(self.slope, 3))}."
        )

    def static_svg(self) -> str:
        phi = ACTIVATIONS[self.activation]
        z = np.linspace(-REACH, REACH, 201)
        value = svg.Plot((54, 30, 300, 220), (-REACH, REACH), (BOTTOM, TOP))
        value.axes("z", "answer", f"{phi.name}, and its tangent")
        value.line(z, phi.value(z), svg.BLUE, 2.5)
        value.line(z, self.answer + self.slope * (z - self.z), svg.ORANGE, 1.5, "6 4")
        value.dot(self.z, self.answer)
        slope = svg.Plot((424, 30, 280, 220), (-REACH, REACH), (-0.25, 1.25)).axes("z", "slope", "the slope")
        slope.line(z, phi.slope(z), svg.GREEN, 2.5).dot(self.z, self.slope)
        return svg.document(720, 294, (value, slope), self.caption(), "Activation explorer")
