"""Say what the costs of a student's own training tell of its settings: too few steps, too short, too long, uphill."""

from __future__ import annotations

import numpy as np

from .forms import Form

FEW = 5  # epochs, of which nothing else is said
SMALL = 1e-3  # of the first cost: what counts as no change
OFTEN = 0.1  # share of the epochs in which the cost goes up, where steps are too long
STEADY = 30  # the largest step against the usual one, in a training that only crawls
RATE = "What happens to the cost with a rate ten times as large, and with one a tenth as large?"


def of_costs(costs: np.ndarray | None) -> Form | None:
    """Return what is wrong with a training that did not reach enough, by its costs, an epoch each; None if unclear."""
    if costs is None:
        return None
    if not costs.size:
        told = "There is no cost: either not one epoch was trained, or none was printed."
        return Form("no-epochs", told, "How many epochs did you ask for?")
    if not np.isfinite(costs).all():
        epoch = int(np.argmin(np.isfinite(costs)))
        told = f"In epoch {epoch} the cost stops being a number: the steps are too long."
        return Form("costs-not-finite", told, RATE)
    first, last = costs[0], costs[-1]
    with np.errstate(over="ignore"):
        steps = np.diff(costs)
    went = f"from {first:.3g} to {last:.3g}" if f"{first:.3g}" != f"{last:.3g}" else f"from {first:.6g} to {last:.6g}"
    if costs.size <= FEW:
        epochs = f"are only {costs.size} epochs" if costs.size > 1 else "is only one epoch"
        return Form("few-epochs", f"There {epochs}, in which the cost went {went}. Train for more.", RATE)
    up = steps > SMALL * first
    if up[: FEW - 1].all() and last > first:
        told = (
            f"The cost rises from the first epoch on, {went}: the steps go uphill, or are far too long. Look at the "
            "sign and the size of the rate."
        )
        return Form("trains-uphill", told, "What does a step do with a negative rate?")
    if up.mean() >= OFTEN:
        told = f"In {up.sum()} of {steps.size} epochs the cost went up: the steps are too long. Take a smaller rate."
        return Form("jumps", told, RATE)
    flat = np.ptp(costs[costs.size // 2 :]) <= SMALL * first
    if flat and np.abs(steps).max() > STEADY * np.median(np.abs(steps)) and last > first / 2:
        told = (
            f"After a jump, the cost lies flat at {last:.3g}: a step far too long has saturated the units, and nothing "
            "moves any more. Take a smaller rate."
        )
        return Form("saturated", told, RATE)
    if not steps.any():
        return Form("costs-stay", f"The cost is {last:.3g} in every epoch: nothing is learned.", RATE)
    if (steps <= 0).all():
        told = f"The cost fell {went}, and never rose. Longer steps would get further, or more of them."
        return Form("crawls", told, RATE)
    return None
