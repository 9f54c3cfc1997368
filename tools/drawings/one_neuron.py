"""The pictures of the lesson `one_neuron`, each a function that returns an SVG."""

from __future__ import annotations

from svg import COST, DASHED, GRADIENT, PARAMETER, QUIET, VALUE, arrow, label, matrix, node, picture

# Where each value of the neuron stands, forward and back.
PLACE = {"a0": 80, "z": 270, "a1": 460, "C": 640}
Y, ABOVE = 156, 56


def _neuron_nodes() -> list[str]:
    return [
        *(node(PLACE[name], Y, f"${name}$") for name in ("a0", "z", "a1")),
        node(PLACE["C"], Y, "$C$", COST),
        node(225, ABOVE, "$w1$", PARAMETER, square=True),
        node(315, ABOVE, "$b1$", PARAMETER, square=True),
        node(PLACE["C"], ABOVE, "$y$"),
    ]


def neuron() -> str:
    """Draw the neuron from its input to the cost of one example."""
    hops = [("a0", "z"), ("z", "a1"), ("a1", "C")]
    below = {
        "a0": ("the input, $x$",),
        "z": ("weigh and shift", "$w1 · a0 + b1$"),
        "a1": ("squash", "tanh $z$"),
        "C": ("compare", "$(a1 − y)^2$"),
    }
    return picture(
        "One neuron, and the cost of one example",
        "From left to right: the input a0, which is x, is multiplied by the weight w1, and the bias b1 is added; that "
        "is z. The hyperbolic tangent of z is the answer a1. With the target y it gives the cost C, (a1 − y) squared.",
        278,
        "Two squares, two numbers to learn. Everything else is given, or follows from them.",
        *(arrow((PLACE[a] + 27, Y), (PLACE[b] - 27, Y)) for a, b in hops),
        arrow((232, 83), (259, 129)),
        arrow((308, 83), (281, 129)),
        arrow((PLACE["C"], 83), (PLACE["C"], 129)),
        *_neuron_nodes(),
        *(label(PLACE[name], 202 + 20 * i, text, 14) for name, texts in below.items() for i, text in enumerate(texts)),
    )


def links() -> str:
    """Draw the way back from the cost to weight and bias, with the name of each link."""
    hops = [("C", "a1", "$∂C/∂a1$"), ("a1", "z", "$∂a1/∂z$")]
    return picture(
        "The links of the chain rule",
        "From right to left: the link from the cost C to the answer a1 is ∂C/∂a1, from a1 to z it is ∂a1/∂z. From z "
        "one link leads to the weight w1, ∂z/∂w1, and one to the bias b1, ∂z/∂b1. Input x and target y are given.",
        290,
        "Each arrow is one small question. The two ways differ in their last link only.",
        *(arrow((PLACE[a] - 27, Y), (PLACE[b] + 27, Y), GRADIENT, DASHED) for a, b, _ in hops),
        *(label((PLACE[a] + PLACE[b]) / 2, Y - 12, name) for a, b, name in hops),
        arrow((259, 131), (232, 85), GRADIENT, DASHED),
        arrow((281, 131), (308, 85), GRADIENT, DASHED),
        label(232, 114, "$∂z/∂w1$", anchor="end"),
        label(308, 114, "$∂z/∂b1$", anchor="start"),
        *_neuron_nodes(),
        label(80, 202, "given", 14, colour=QUIET),
        label(612, 62, "given", 14, "end", QUIET),
        label(360, 206, "$∂C/∂w1 = ∂C/∂a1 · ∂a1/∂z · ∂z/∂w1$"),
        label(360, 236, "$∂C/∂b1 = ∂C/∂a1 · ∂a1/∂z · ∂z/∂b1$"),
    )


def vector() -> str:
    """Draw a layer of two neurons with three inputs, and the one cost that they share, as grids of cells."""
    y = 100
    return picture(
        "Several neurons at once",
        "W has one row for each of two neurons and one column for each of three inputs. W times the column x, plus "
        "the column b, is the column z; tanh of it, entry by entry, is the column a. The differences between a and "
        "the column y of targets are squared and added: one number, the cost C.",
        226,
        "One row of $W$ is one neuron. However many neurons there are, the cost is one number.",
        label(48, y + 8, "tanh", 16),
        label(78, y + 11, "(", 34),
        matrix(94, y, 2, 3, PARAMETER, "$W$", "(2, 3)"),
        label(181, y + 9, "·", 26),
        matrix(196, y, 3, 1, VALUE, "$x$", "(3)"),
        label(240, y + 7, "+", 22),
        matrix(260, y, 2, 1, PARAMETER, "$b$", "(2)"),
        label(298, y + 11, ")", 34),
        label(328, y + 7, "=", 22),
        matrix(356, y, 2, 1, VALUE, "$a$", "(2)"),
        label(408, y + 7, "−", 22),
        matrix(436, y, 2, 1, VALUE, "$y$", "(2)"),
        arrow((476, y), (614, y)),
        label(545, y - 14, "square, and add", 14),
        node(642, y, "$C$", COST),
        label(642, y + 48, "one number", 14),
    )


def layers() -> str:
    """Draw a network of many layers as a chain, with the link from one layer's answer to the one before."""
    y, last, cost = 136, 560, 656
    nodes = [(62, "$a^0$"), (200, "$a^j^−1$"), (290, "$z^j$"), (380, "$a^j$"), (last, "$a^N$")]
    return picture(
        "The links between layers",
        "From left to right: the input, then after some layers the answer of layer j − 1, then z and the answer of "
        "layer j, made with the weights and biases of layer j, then after more layers the answer of the last layer N, "
        "and the cost C. A dashed arrow leads back from the answer of layer j to that of layer j − 1.",
        262,
        "A small raised letter counts layers; it is no power. Dots stand for layers left out.",
        arrow((89, y), (173, y), QUIET, "2 4"),
        arrow((227, y), (263, y)),
        arrow((317, y), (353, y)),
        arrow((407, y), (last - 27, y), QUIET, "2 4"),
        arrow((last + 27, y), (cost - 27, y)),
        *(node(x, y, name) for x, name in nodes),
        node(cost, y, "$C$", COST),
        node(260, 46, "$W^j$", PARAMETER, square=True),
        node(320, 46, "$b^j$", PARAMETER, square=True),
        arrow((265, 73), (284, 110)),
        arrow((315, 73), (296, 110)),
        arrow((366, 161), (214, 161), GRADIENT, DASHED, bend=26),
        label(290, 210, "$∂a^j/∂a^j^−1$"),
    )


DRAWN = (neuron, links, vector, layers)
