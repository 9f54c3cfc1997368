"""The pictures of the lesson `chain_of_neurons`, each a function that returns an SVG."""

from __future__ import annotations

from itertools import pairwise

from svg import COST, DASHED, DOTTED, GRADIENT, PARAMETER, QUIET, VALUE, arrow, box, label, line, node, picture

# Where each thing of a chain of three stands; a unit holds its z on the left and its f on the right.
INPUT, UNITS, LOSS, Y = 46, (180, 348, 516), 666, 130
HALF = 29  # from the middle of a unit to its z and to its f


def unit(x: float, y: float, i: str, colour: str = VALUE, dash: str = "none") -> str:
    """Draw a unit: z arrives, is bent, and leaves as f."""
    return "".join(
        [
            box(x, y, 112, 52, colour, 26, dash),
            label(x - HALF, y + 6, f"$z_{i}$", 16),
            arrow((x - HALF + 16, y), (x + HALF - 14, y)),
            label(x + HALF, y + 6, f"$f_{i}$", 16),
        ]
    )


def weight(start: float, end: float, y: float, i: str, colour: str = QUIET) -> str:
    """Draw the way from `start` to `end` with a weight on it."""
    middle = (start + end) / 2 - 3
    return (
        arrow((start, y), (end, y), colour)
        + line([(middle, y - 25), (middle, y)], PARAMETER)
        + "".join([box(middle, y - 42, 34, 34, PARAMETER, 4), label(middle, y - 36, f"$w_{i}$")])
    )


def chain() -> str:
    """Draw the chain from its input to the loss, with any number of units."""
    places = {"1": 170, "2": 330, "L": 540}
    return picture(
        "A chain of neurons",
        "From left to right: x is multiplied by w1 and arrives at unit 1 as z1, which tanh bends to f1; f1 times w2 "
        "arrives at unit 2 as z2, is bent to f2, and so on to unit L. Its f and the target y give the loss, "
        "(y − f) squared.",
        268,
        "The weights, in squares, can be turned. Everything else follows from them, from $x$ and from $y$.",
        node(40, Y, "$x$"),
        weight(66, 111, Y, "1"),
        unit(places["1"], Y, "1"),
        weight(229, 271, Y, "2"),
        unit(places["2"], Y, "2"),
        arrow((389, Y), (412, Y)),
        label(426, Y + 4, "···", 20),
        weight(441, 481, Y, "L"),
        unit(places["L"], Y, "L"),
        arrow((599, Y), (636, Y)),
        node(666, Y, "loss", COST),
        node(666, 46, "$y$"),
        arrow((666, 73), (666, Y - 27)),
        *(label(x, Y + 50, f"unit ${i}$", 14) for i, x in places.items()),
        label(places["1"], Y + 74, "$z_1 = x w_1$", 14),
        label(places["2"], Y + 74, "$z_2 = f_1 w_2$", 14),
        label(places["L"], Y + 74, "$f_L$ = tanh $z_L$", 14),
        label(656, Y + 74, "$(y − f_L)^2$", 14),
    )


def _three(after: str = QUIET, push: bool = False) -> list[str]:
    """Draw the chain of three; with `push`, what lies to the right of z2 in the colour of what changes."""
    ways = [(INPUT + 27, UNITS[0] - 60), (UNITS[0] + 60, UNITS[1] - 60), (UNITS[1] + 60, UNITS[2] - 60)]
    return [
        node(INPUT, Y, "$x$"),
        *(weight(a, b, Y, str(i), after if i == 3 else QUIET) for i, (a, b) in enumerate(ways, start=1)),
        *(unit(x, Y, str(i), after if push and i == 3 else VALUE) for i, x in enumerate(UNITS, start=1)),
        arrow((UNITS[2] + 60, Y), (LOSS - 27, Y), after),
        node(LOSS, Y, "loss", COST),
        arrow((LOSS, 73), (LOSS, Y - 27)),
        node(LOSS, 46, "$y$"),
    ]


def push() -> str:
    """Draw a push on z2 and how far it is felt."""
    z2 = UNITS[1] - HALF
    feel = 214
    return picture(
        "A push on z2",
        "The chain of three units. z2 is pushed up by a small ε. To the left of it nothing changes: x, z1 and f1 stay "
        "as they were. To the right f2, z3, f3 and the loss change; the loss changes by δ2 times ε.",
        292,
        "$δ_2$ is the change of the loss, divided by the push: a slope, for small $ε$.",
        *_three(GRADIENT, push=True),
        line([(z2, 66), (z2, 80)], GRADIENT, 3),
        arrow((z2, 66), (z2, Y - 18), GRADIENT),
        label(z2, 52, "a push of $ε$", 15),
        line([(INPUT - 24, feel), (z2 - 12, feel)], QUIET, 2, DOTTED),
        label((INPUT - 24 + z2 - 12) / 2, feel - 12, "stays as it was", 14),
        arrow((z2 + 4, feel), (LOSS + 20, feel), GRADIENT),
        label((z2 + LOSS) / 2, feel - 12, "answers to the push", 14),
        label(LOSS + 20, feel + 26, "the loss changes by $δ_2 ε$", 14, "end"),
    )


def backward() -> str:
    """Draw how each δ is made from the one on its right."""
    y = 226
    places = [x - HALF for x in UNITS]  # δ belongs to z
    factors = [(places[0], places[1], "$(1 − f_1^2) w_2$"), (places[1], places[2], "$(1 − f_2^2) w_3$")]
    return picture(
        "Back-propagation through the chain",
        "Dashed arrows from right to left. The loss gives δ3 = 2(f3 − y)(1 − f3²). δ3 times w3 and the slope 1 − f2² "
        "gives δ2. δ2 times w2 and the slope 1 − f1² gives δ1.",
        296,
        "Forward, from left to right; then backward, from right to left. Each $δ$ needs only its right neighbour.",
        *_three(),
        *(line([(x, Y + 27), (x, y - 24)], QUIET, 1.5, DOTTED) for x in places),
        line([(LOSS, Y + 27), (LOSS, y), (LOSS - 4, y)], GRADIENT, 2, DASHED),
        arrow((LOSS - 4, y), (places[2] + 27, y), GRADIENT, DASHED),
        *(arrow((b - 27, y), (a + 27, y), GRADIENT, DASHED) for a, b in pairwise(places)),
        *(node(x, y, f"$δ_{i}$", GRADIENT) for i, x in enumerate(places, start=1)),
        *(label((a + b) / 2, y - 12, text, 14) for a, b, text in factors),
        label((places[2] + LOSS) / 2, y - 34, "$(1 − f_3^2) · 2(f_3 − y)$", 14),
    )


def products() -> str:
    """Draw the products of all gradients of a chain of four, lined up where they are alike."""
    length, left, top, high = 4, 84, 44, 40
    wide, widest = 64, 96  # the last factor is the longest
    columns = 2 * length + 1
    parts = []
    for i in range(1, length + 1):
        y = top + (i - 1) * (high + 8)
        own = "$x$" if i == 1 else f"$f_{i - 1}$"
        shared = [f"$f′_{i}$"] + [f for k in range(i, length) for f in (f"$w_{k + 1}$", f"$f′_{k + 1}$")]
        factors = [own, *shared, f"$2(f_{length} − y)$"]
        first = columns - len(factors)
        parts.append(label(left - 12, y + 6, f"for $w_{i}$", 14, "end"))
        for place, factor in enumerate(factors, start=first):
            width = widest if place == columns - 1 else wide
            x = left + place * wide + width / 2
            colour, dash = (VALUE, "none") if place == first else (GRADIENT, DASHED if place < first + 3 else "none")
            parts += [
                box(x, y, width - 6, high, colour, 4, dash if i < length else "none"),
                label(x, y + 6, factor, 14),
            ]
    return picture(
        "The products of all gradients, for a chain of four",
        "Row 1: x, f1′, w2, f2′, w3, f3′, w4, f4′, 2(f4 − y). Row 2: f1, f2′, w3, f3′, w4, f4′, 2(f4 − y). Row 3: f2, "
        "f3′, w4, f4′, 2(f4 − y). Row 4: f3, f4′, 2(f4 − y). The rows are lined up at their right ends, where they "
        "are alike. The first factor of each row is its own; the two dashed ones behind it are new to the row, and "
        "all further ones stand in the row below as well.",
        268,
        "Each row: a factor of its own, two new ones (dashed), and the tail of the row below.",
        *parts,
    )


DRAWN = (chain, push, backward, products)
