"""The pictures of the lesson `relu_network`, each a function that returns an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from svg import (
    COST,
    DASHED,
    GRADIENT,
    PARAMETER,
    QUIET,
    VALUE,
    Point,
    arrow,
    dot,
    label,
    line,
    matrix,
    node,
    picture,
)

# Where each value of a training step stands, forward and back.
PLACE = {"x": 46, "z": 165, "a": 284, "u": 403, "o": 522, "C": 641}


def network() -> str:
    """Draw the units and weights, with the letter, the name and the shape of every array below."""
    left, middle, right = 90, 360, 630
    inputs, hidden = [(left, y) for y in (110, 210)], [(middle, y) for y in (80, 160, 240)]
    edges = [(a, b) for a in inputs for b in hidden] + [(a, (right, 160)) for a in hidden]
    heads = {left: "two inputs", middle: "three hidden ReLU units", right: "one output"}
    arrays = {
        225: ["$W$ : (3, 2)", "input_to_hidden_weights"],
        middle: ["$b$ : (3, 1)", "biases"],
        495: ["$V$ : (1, 3)", "hidden_to_output_weights"],
    }
    return picture(
        "The 2-3-1 network",
        "Each of two inputs is joined to each of three hidden ReLU units by a weight of W, a matrix of 3 rows and 2 "
        "columns called input_to_hidden_weights. Each hidden unit has a bias, in b, 3 rows and 1 column, and is joined "
        "to the output by a weight of V, 1 row and 3 columns, called hidden_to_output_weights.",
        380,
        "Twelve numbers to learn: six in $W$, three in $b$, three in $V$. The output has no bias.",
        *(line([(x1 + 23, y1), (x2 - 23, y2)], PARAMETER) for (x1, y1), (x2, y2) in edges),
        *(node(x, y, f"$x_{i}$") for i, (x, y) in enumerate(inputs, 1)),
        *(node(x, y, f"$a_{i}$") for i, (x, y) in enumerate(hidden, 1)),
        node(right, 160, "$o$"),
        *(label(x, 36, words) for x, words in heads.items()),
        *(label(x, 300, texts[0]) for x, texts in arrays.items()),
        *(label(x, 324, texts[1], 13, colour=QUIET) for x, texts in arrays.items()),
    )


def relu() -> str:
    """Draw the ReLU and its slope over [-3, 3]."""
    left, unit, bottom = 360, 90, 252

    def at(z: float, value: float) -> Point:
        return left + unit * z, bottom - 70 * value

    return picture(
        "The rectified linear unit and its slope",
        "The ReLU is 0 for every negative z and equal to z for every positive z. Its slope is 0 for negative z and 1 "
        "for positive z. On the negative side the unit is silent: it answers 0, and its slope is 0.",
        340,
        "A silent unit answers 0, and no error passes through it: its slope is 0 as well.",
        f'<rect x="90" y="34" width="270" height="218" fill="{QUIET}" fill-opacity="0.12"/>',
        *(label(225, 86 + 22 * i, text) for i, text in enumerate(["silent:", "answer 0, slope 0"])),
        *(label(560, 212 + 22 * i, text) for i, text in enumerate(["active:", "answer $z$, slope 1"])),
        line([at(-3, 0), at(3, 0)]),
        *(label(at(z, 0)[0], 276, f"${z}$".replace("-", "−")) for z in (-3, -2, -1, 0, 1, 2, 3)),
        *(label(at(-3, v)[0] - 12, at(0, v)[1] + 5, f"${v}$", anchor="end") for v in (0, 1, 2, 3)),
        label(650, 257, "$z$"),
        line([at(-3, 0), at(0, 0), at(3, 3)], VALUE, 3),
        line([at(-3, -0.05), at(0, -0.05)], GRADIENT, 3, DASHED),
        line([at(0, 1), at(3, 1)], GRADIENT, 3, DASHED),
        label(556, 78, "relu($z$) = max(0, $z$)", anchor="end"),
        label(560, 172, "relu$′(z)$", anchor="start"),
    )


def step() -> str:
    """Draw one training step: the values to the right, the slopes of the cost back to the left."""
    y = 120
    factors = {"C": "$o − y$", "o": "$f′(u)$", "u": "$V^T$", "a": "$⊙$ relu$′(z)$"}
    below = {"z": "$W x + b$", "a": "relu$(z)$", "u": "$V a$", "o": "$f(u)$", "C": "½$(y − o)^2$"}
    order = list(PLACE)
    enter = [("W", "z", -30), ("b", "z", 30), ("V", "u", 0)]
    slopes = [("dW", PLACE["z"] - 64, "(3, 2)"), ("db", PLACE["z"] + 64, "(3, 1)"), ("dV", PLACE["u"], "(1, 3)")]
    return picture(
        "One training step",
        "Forward, from left to right: x gives z = W x + b, the ReLU gives a, u = V a, o = f(u), and with the target y "
        "the cost C, half the squared error. Backward, from right to left: o − y, times the slope f′(u), is the error "
        "at u; with a transposed it gives dV. Sent back through V transposed and times relu′(z), entry by entry, it "
        "gives db; and db with x transposed gives dW.",
        380,
        "Values run to the right; the error runs back to the left, and leaves a slope at each square.",
        *(arrow((PLACE[a] + 27, y), (PLACE[b] - 27, y)) for a, b in pairwise(order)),
        *(node(PLACE[name], y, f"${name}$") for name in order[:-1]),
        node(PLACE["C"], y, "$C$", COST),
        *(node(PLACE[to] + dx, 40, f"${name}$", PARAMETER, square=True) for name, to, dx in enter),
        *(arrow((PLACE[to] + dx, 65), (PLACE[to] + dx / 3, y - 25)) for _, to, dx in enter),
        node(PLACE["C"], 40, "$y$"),
        arrow((PLACE["C"], 65), (PLACE["C"], y - 25)),
        *(label(PLACE[name], y + 46, text, 14) for name, text in below.items()),
        *(arrow((PLACE[a] - 4, 212), (PLACE[b] + 4, 212), GRADIENT, DASHED) for b, a in pairwise(order[1:])),
        *(label((PLACE[a] + PLACE[b]) / 2, 200, factors[a], 13) for b, a in pairwise(order[1:])),
        *(dot(PLACE[name], 212, GRADIENT, 4) for name in order[1:]),
        arrow((PLACE["u"], 220), (PLACE["u"], 252), GRADIENT, DASHED),
        arrow((PLACE["z"] + 10, 220), (PLACE["z"] + 60, 252), GRADIENT, DASHED),
        arrow((PLACE["z"] - 10, 220), (PLACE["z"] - 60, 252), GRADIENT, DASHED),
        label(PLACE["u"] + 12, 244, "$a^T$", 13, "start"),
        label(PLACE["z"] - 46, 240, "$x^T$", 13, "end"),
        *(node(x, 278, f"${name}$", GRADIENT, square=True) for name, x, _ in slopes),
        *(label(x, 322, shape, 14) for _, x, shape in slopes),
    )


def outer() -> str:
    """Draw dW = db xᵀ as grids of cells; one row, one column and their entry are marked."""
    unit, number, y = 1, 0, 100
    return picture(
        "A column times a row",
        "db is a column of 3 numbers, x transposed a row of 2. Their product dW has 3 rows and 2 columns. Marked: row "
        "2 of db, column 1 of x transposed, and the entry of dW in row 2 and column 1, which is their product.",
        244,
        "Each weight gets the slope of its unit, times the input that came in along it.",
        matrix(130, y, 3, 1, GRADIENT, "$db$", "(3, 1)", lambda row, column: row == unit, cell=30),
        label(205, y + 7, "·", 26),
        matrix(250, y, 1, 2, VALUE, "$x^T$", "(1, 2)", lambda row, column: column == number, cell=30),
        label(360, y + 7, "=", 22),
        matrix(410, y, 3, 2, GRADIENT, "$dW$", "(3, 2)", lambda row, column: (row, column) == (unit, number), cell=30),
        label(500, y + 5, "$dW_2_1 = db_2 · x_1$", 15, "start"),
    )


def symmetry() -> str:
    """Draw three equal hidden units, and beside them the one unit that they are together."""
    y = 150
    left, right = (70, 190, 310), (430, 550, 670)

    def half(places: Sequence[int], heights: Sequence[int], weight: str) -> list[str]:
        inputs, middle, end = places
        edges = [((inputs, a), (middle, b)) for a in (110, 190) for b in heights]
        edges += [((middle, b), (end, y)) for b in heights]
        return [
            *(line([(x1 + 23, y1), (x2 - 23, y2)], PARAMETER) for (x1, y1), (x2, y2) in edges),
            *(node(inputs, a, f"$x_{i}$") for i, a in enumerate((110, 190), 1)),
            *(node(middle, b, "$a$") for b in heights),
            node(end, y, "$o$"),
            label((middle + end) / 2 + 8, y - (20 if len(heights) == 1 else 48), weight, 15),
        ]

    return picture(
        "Three equal units are one unit",
        "Left: three hidden units with the same weights give the same value a, and each enters the output with the "
        "same weight v. Right: one hidden unit with the value a, which enters the output with the weight 3v. Both "
        "networks give the same answer.",
        310,
        "Equal rows give equal answers: the left network can do no more than the right one.",
        *half(left, (70, 150, 230), "$v$"),
        label(370, y + 8, "=", 26),
        *half(right, (150,), "$3v$"),
        label(190, 30, "three equal hidden units"),
        label(550, 30, "one hidden unit"),
    )


DRAWN = (network, relu, step, outer, symmetry)
