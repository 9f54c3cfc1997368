"""The pictures of the lesson `two_layer_network`, each a function that returns an SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from svg import (
    COST,
    DASHED,
    DOTTED,
    GRADIENT,
    PARAMETER,
    QUIET,
    VALUE,
    Point,
    arrow,
    box,
    dot,
    label,
    line,
    matrix,
    node,
    picture,
)

# Where each value stands in the graph, forward and back.
PLACE = {"X": 46, "Z1": 165, "A1": 284, "Z2": 403, "A2": 522, "cost": 641}


def network() -> str:
    """Draw the units and weights, with the name and shape of every array below."""
    left, middle, right = 84, 360, 636
    inputs, hidden = [(left, y) for y in (120, 180, 240)], [(middle, y) for y in (90, 150, 210, 270)]
    edges = [(a, b) for a in inputs for b in hidden] + [(a, (right, 180)) for a in hidden]
    heads = {left: ("input", "$n_x = 3$"), middle: ("hidden", "$n_h = 4$"), right: ("output", "$n_y = 1$")}
    arrays = {
        left: ["$X$ : $(n_x, m)$"],
        222: ["$W1$ : $(n_h, n_x)$", "$b1$ : $(n_h, 1)$"],
        middle: ["$Z1$ : $(n_h, m)$", "$A1$ : $(n_h, m)$"],
        498: ["$W2$ : $(n_y, n_h)$", "$b2$ : $(n_y, 1)$"],
        right: ["$Z2$ : $(n_y, m)$", "$A2$ : $(n_y, m)$"],
    }
    return picture(
        "The two-layer network",
        "Each of three inputs is joined to each of four hidden units by a weight of W1, and each hidden unit to the "
        "output unit by a weight of W2. X is (n_x, m), W1 (n_h, n_x), b1 (n_h, 1), Z1 and A1 (n_h, m), W2 (n_y, n_h), "
        "b2 (n_y, 1), Z2 and A2 (n_y, m).",
        430,
        "Every line is one weight. Each unit marked $φ$ adds its own bias, then applies the sigmoid.",
        *(line([(x1 + 23, y1), (x2 - 23, y2)], PARAMETER) for (x1, y1), (x2, y2) in edges),
        *(node(x, y, f"$x_{i}$") for i, (x, y) in enumerate(inputs, 1)),
        *(node(x, y, "$φ$") for x, y in [*hidden, (right, 180)]),
        *(label(x, 30, f"{layer} layer") for x, (layer, _) in heads.items()),
        *(label(x, 52, size) for x, (_, size) in heads.items()),
        *(label(x, 334 + 28 * i, text) for x, texts in arrays.items() for i, text in enumerate(texts)),
    )


def shapes() -> str:
    """Draw Z1 = W1 X + b1 as grids of cells; one row, one column and their entry are marked."""
    unit, sample, y = 2, 1, 112
    return picture(
        "The shapes of Z1 = W1 X + b1",
        "W1 has n_h rows and n_x columns, X has n_x rows and m columns. b1 is one column of n_h rows, which "
        "broadcasting repeats m times. Z1 has n_h rows and m columns. Marked: row 3 of W1 and of b1, "
        "column 2 of X, and the entry of Z1 in row 3 and column 2.",
        272,
        "Columns are samples: each column of $Z1$ comes from the same column of $X$.",
        matrix(64, y, 4, 3, PARAMETER, "$W1$", "$(n_h, n_x)$", lambda row, column: row == unit),
        label(160, y + 9, "·", 26),
        matrix(184, y, 3, 5, VALUE, "$X$", "$(n_x, m)$", lambda row, column: column == sample),
        label(332, y + 7, "+", 22),
        matrix(360, y, 4, 5, PARAMETER, "$b1$", "$(n_h, 1)$", lambda row, column: row == unit, ghosts=4),
        label(420, y + 96, "one column, repeated by broadcasting", 13, colour=QUIET),
        label(508, y + 7, "=", 22),
        matrix(536, y, 4, 5, VALUE, "$Z1$", "$(n_h, m)$", lambda row, column: (row, column) == (unit, sample)),
    )


def sigmoid() -> str:
    """Draw the sigmoid and its derivative over [-6, 6]."""
    zs = [i / 10 for i in range(-60, 61)]

    def at(z: float, value: float) -> Point:
        return 360 + 50 * z, 270 - 220 * value

    def phi(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    return picture(
        "The sigmoid and its derivative",
        "The sigmoid rises from almost 0 at z = −6 through ½ at z = 0 to almost 1 at z = 6. Its derivative is a bell "
        "with its top, ¼, at z = 0. Beyond −4 and 4 the sigmoid is saturated: its derivative is almost 0.",
        350,
        "Where the sigmoid is flat, its slope is almost 0, and a gradient hardly gets through.",
        *(f'<rect x="{x}" y="34" width="100" height="236" fill="{QUIET}" fill-opacity="0.12"/>' for x in (60, 560)),
        *(label(x, 96 + 20 * i, t, 14) for x in (110, 610) for i, t in enumerate(["saturated:", "slope ≈ 0"])),
        *(line([at(-6, v), at(0, v)], QUIET, 1, DOTTED) for v in (0.25, 0.5)),
        line([at(0, 0), at(0, 0.5)], QUIET, 1, DOTTED),
        line([at(-6, 0), at(6, 0)]),
        *(label(360 + 50 * z, 292, f"${z}$".replace("-", "−")) for z in (-6, -4, 0, 4, 6)),
        *(label(50, at(0, v)[1] + 5, f"${t}$", anchor="end") for v, t in ((0, "0"), (0.25, "¼"), (0.5, "½"), (1, "1"))),
        label(686, 275, "$z$"),
        line([at(z, phi(z)) for z in zs], VALUE, 3),
        line([at(z, phi(z) * (1 - phi(z))) for z in zs], GRADIENT, 3, DASHED),
        dot(*at(0, 0.5), VALUE),
        dot(*at(0, 0.25), GRADIENT),
        label(402, 88, "$φ(z) = 1 / (1 + e^−z)$", anchor="end"),
        label(400, 208, "$φ′(z) = φ(z) (1 − φ(z))$", anchor="start"),
    )


def forward() -> str:
    """Draw the computation graph from X to the cost."""
    y, order = 172, list(PLACE)
    below = {
        "X": ("$(n_x, m)$",),
        "Z1": ("$W1 X + b1$", "$(n_h, m)$"),
        "A1": ("$φ(Z1)$", "$(n_h, m)$"),
        "Z2": ("$W2 A1 + b2$", "$(n_y, m)$"),
        "A2": ("$φ(Z2)$", "$(n_y, m)$"),
        "cost": ("$Σ (A2 − Y)^2/(2m)$", "one number"),
    }
    enter = [("W1", "Z1", -32), ("b1", "Z1", 32), ("W2", "Z2", -32), ("b2", "Z2", 32), ("Y", "cost", 0)]
    return picture(
        "Forward propagation",
        "From left to right: X with W1 and b1 gives Z1 = W1 X + b1; the sigmoid gives A1 = φ(Z1); with W2 and b2 "
        "follows Z2 = W2 A1 + b2; the sigmoid gives A2 = φ(Z2); A2 and Y give the cost, the sum of (A2 − Y)² "
        "divided by 2m. Z1, A1, Z2 and A2 are kept in the cache.",
        350,
        "Each layer hands its result on to the next.",
        *(arrow((PLACE[a] + 27, y), (PLACE[b] - 27, y)) for a, b in pairwise(order)),
        *(arrow((PLACE[to] + dx, 82), (PLACE[to] + dx / 3, y - 25)) for _, to, dx in enter),
        *(node(PLACE[to] + dx, 58, f"${a}$", PARAMETER if dx else VALUE, square=bool(dx)) for a, to, dx in enter),
        *(node(PLACE[a], y, f"${a}$") for a in order[:-1]),
        node(PLACE["cost"], y, "cost", COST),
        *(label(PLACE[a], y + 48 + 23 * i, text, 14) for a, texts in below.items() for i, text in enumerate(texts)),
        line([(PLACE["Z1"], 258), (PLACE["Z1"], 268), (PLACE["A2"], 268), (PLACE["A2"], 258)], QUIET, 1.5),
        label((PLACE["Z1"] + PLACE["A2"]) / 2, 290, "kept in the cache for the way back", 14),
    )


def backward() -> str:
    """Draw the same graph from the cost back to the gradients, with the local factor on each arrow."""
    y = 160
    back = [("cost", "A2", ""), ("A2", "Z2", "$⊙ φ′(Z2)$"), ("Z2", "A1", "$W2^T$"), ("A1", "Z1", "$⊙ φ′(Z1)$")]
    formulas = [
        {56: "$dZ2 = (1/m) (A2 − Y) ⊙ φ′(Z2)$", 330: "$dW2 = dZ2 A1^T$", 506: "$db2$ = row sums of $dZ2$"},
        {56: "$dZ1 = (W2^T dZ2) ⊙ φ′(Z1)$", 330: "$dW1 = dZ1 X^T$", 506: "$db1$ = row sums of $dZ1$"},
    ]
    layers = [("1", PLACE["Z1"], "$X^T$"), ("2", PLACE["Z2"], "$A1^T$")]
    return picture(
        "Back-propagation",
        "From right to left: the cost gives dA2 = (A2 − Y) / m; times φ′(Z2), entry by entry, it gives dZ2; W2 "
        "transposed times dZ2 gives dA1; times φ′(Z1), entry by entry, it gives dZ1. dZ2 times A1 transposed gives "
        "dW2, its row sums db2; dZ1 times X transposed gives dW1, its row sums db1.",
        350,
        "$dW1$ has the shape of $W1$, and so on. Dotted nodes are only steps on the way.",
        *(arrow((PLACE[a] - 27, y), (PLACE[b] + 27, y), GRADIENT, DASHED) for a, b, _ in back),
        *(label((PLACE[a] + PLACE[b]) / 2, y - 10, factor, 13) for a, b, factor in back if factor),
        *(arrow((x + dx / 3, y - 25), (x + dx, 73), GRADIENT, DASHED) for _, x, _ in layers for dx in (-42, 42)),
        *(label(x - 40, y - 48, factor, 13, "end") for _, x, factor in layers),
        *(label(x + 40, y - 48, "row sums", 13, "start") for _, x, _ in layers),
        *(node(x - 42, 48, f"$dW{i}$", GRADIENT, square=True) for i, x, _ in layers),
        *(node(x + 42, 48, f"$db{i}$", GRADIENT, square=True) for i, x, _ in layers),
        *(node(PLACE[a], y, f"$d{a}$", GRADIENT) for a in ("Z1", "Z2")),
        *(node(PLACE[a], y, f"$d{a}$", GRADIENT, dash=DOTTED) for a in ("A1", "A2")),
        node(PLACE["X"], y, "$X$"),
        node(PLACE["cost"], y, "cost", COST),
        label(PLACE["X"], y + 46, "given", 14),
        label(PLACE["A1"], y + 46, "$W2^T dZ2$", 14),
        label(PLACE["A2"], y + 46, "$(A2 − Y) / m$", 14),
        *(label(x, 254 + 30 * i, row[x], 14, "start") for i, row in enumerate(formulas) for x in row),
    )


def slide(rate: float, steps: int, start: float) -> list[float]:
    """Return the weights that gradient descent visits on the cost w², whose slope is 2w."""
    weights = [start]
    for _ in range(steps):
        weights.append(weights[-1] - rate * 2 * weights[-1])
    return weights


def valley(left: float, bottom: float, width: float, height: float, weights: Sequence[float]) -> str:
    """Draw the cost w² over [-1, 1] and the steps from weight to weight."""

    def at(w: float, cost: float) -> Point:
        return left + width * (w + 1) / 2, bottom - 8 - (height - 8) * cost

    curve = [at(i / 50, (i / 50) ** 2) for i in range(-50, 51)]
    parts = [line([(left, bottom - height), (left, bottom), (left + width, bottom)]), line(curve, COST, 3)]
    for old, new in pairwise(weights):
        if math.dist(at(old, 0), at(new, 0)) > 20:  # a shorter arrow would be all head
            parts.append(line([at(new, old**2), at(new, new**2)], QUIET, 1.5, DOTTED))
            parts.append(arrow(at(old, old**2), at(new, old**2), GRADIENT))
    return "".join([*parts, *(dot(*at(w, w**2), GRADIENT, radius=4) for w in weights)])


def descent() -> str:
    """Draw three good steps downhill, and beside them steps that are too small and too large."""
    return picture(
        "Gradient descent on one weight",
        "The cost is a valley over one weight. Three steps lead downhill from the right; each is η times the slope, "
        "so they shorten as the slope flattens. Two small valleys: with too small an η the steps hardly move, with too "
        "large an η they leap from side to side and climb.",
        370,
        "Each step is $η$ times the slope: too small an $η$ crawls, too large an $η$ leaps over the valley.",
        valley(60, 290, 380, 250, slide(0.2, 3, 0.9)),
        label(250, 314, "one weight $w$"),
        label(60, 30, "cost"),
        label(384, 76, "$η$ × slope", 14),
        label(228, 128, "$w ← w − η$ × slope"),
        valley(510, 150, 170, 104, slide(0.03, 4, 0.9)),
        label(595, 36, "$η$ too small", 14),
        valley(510, 290, 170, 104, slide(1.06, 3, 0.62)),
        label(595, 176, "$η$ too large", 14),
    )


def loop() -> str:
    """Draw the training loop as a ring."""
    stations = [
        (360, 60, VALUE, "forward", "forward_propagation"),
        (590, 180, COST, "cost", "computer_cost"),
        (360, 300, GRADIENT, "backward", "back_propogation"),
        (130, 180, PARAMETER, "update", "update_parameters"),
    ]
    return picture(
        "The training loop",
        "A ring of four stations, clockwise: forward, cost, backward, update, and again forward.",
        390,
        "One turn is one epoch: every sample is seen once, and every parameter takes one step.",
        *(box(x, y, 190, 60, colour, 12) for x, y, colour, _, _ in stations),
        *(label(x, y - 5, name, 17) for x, y, _, name, _ in stations),
        *(label(x, y + 18, code, 14) for x, y, _, _, code in stations),
        arrow((460, 60), (590, 145), bend=30),
        arrow((590, 215), (460, 300), bend=30),
        arrow((260, 300), (130, 215), bend=30),
        arrow((130, 145), (260, 60), bend=30),
        label(360, 176, "again,", 15),
        label(360, 198, "max_iteration times", 15),
    )


def threshold() -> str:
    """Draw A2 as a number line that 0.5 cuts into label 0 and label 1."""
    left, middle, right, y = 75, 360, 645, 96
    return picture(
        "From output to label",
        "A number line for A2 from 0 to 1. Up to and including 0.5 the label is 0; above 0.5 the label is 1.",
        192,
        "Exactly 0.5 is not above 0.5, so it belongs to label 0.",
        line([(left, y), (middle, y)], VALUE, 6),
        line([(middle + 14, y), (right, y)], GRADIENT, 6, DASHED),
        dot(middle, y, VALUE, radius=8),
        *(label(x, y + 34, f"${t}$", 16) for x, t in ((left, "0"), (middle, "0.5"), (right, "1"))),
        label((left + middle) / 2, y - 50, "label 0", 17),
        label((left + middle) / 2, y - 24, "$A2 ≤ 0.5$"),
        label((right + middle) / 2, y - 50, "label 1", 17),
        label((right + middle) / 2, y - 24, "$A2 > 0.5$"),
    )


DRAWN = (network, shapes, sigmoid, forward, backward, descent, loop, threshold)
