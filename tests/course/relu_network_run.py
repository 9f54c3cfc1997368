"""What the tests of `relu_network` share: the printed runs as literals, and the notebook run with its solutions.

TensorFlow is left out of that run: its slopes have a test of their own.
"""

from __future__ import annotations

import contextlib
import io
import re
from functools import cache
from unittest.mock import patch

import matplotlib.pyplot as plt
import numpy as np
from classroom import COURSE, committed, run

from backprop import session
from examiner.course import source_notebook
from examiner.course.source_notebook import EXAMINER_TAG

NAME = "relu_network"
# After each pair, once: row of W (all three are equal), V, b. Rate 0.001.
FIRST_RUN = [
    (((2, 1), 10), "1.002 1.001", "1.003", "0.001"),
    (((3, 3), 21), "1.01077397 1.00977397", "1.02052462", "0.00392466"),
    (((4, 5), 32), "1.02772391 1.03096139", "1.05829312", "0.00816214"),
    (((6, 6), 42), "1.04523414 1.04847162", "1.09237808", "0.01108051"),
]
# After the epoch: the same, for the sums. Rate 0.002.
SUM_RUN = {
    0: ("0.68912517 0.62494639", "0.42226674", "-0.04736219"),
    1: ("0.70076089 0.65966499", "0.4903666", "-0.04383336"),
    4: ("0.69132551 0.671671", "0.49327095", "-0.04405298"),
    9: ("0.68479273 0.67769995", "0.49242123", "-0.04422633"),
}
SUM_PAIRS = [
    ((3, -9), -6), ((-10, 5), -5), ((6, 8), 14), ((7, -8), -1), ((0, 8), 8),
    ((1, 9), 10), ((-7, -10), -17), ((9, -6), 3), ((6, 8), 14), ((-3, -8), -11),
]  # fmt: skip


@cache
def solved() -> tuple[dict, dict[str, str]]:
    """Run the notebook with its solutions; return its names, and what each cell printed."""
    scope, printed = {"__name__": "__main__", "In": [""]}, {}
    with committed(NAME), session.use(session.Session(COURSE.source(NAME))), patch.object(plt, "show", plt.close):
        for cell in source_notebook.read(COURSE.notebook(NAME)).cells:
            if cell.cell_type == "code" and EXAMINER_TAG not in cell.metadata.get("tags", []) and cell.id != "tape":
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    run(cell.id, cell.source, scope)
                printed[cell.id] = out.getvalue()
    return scope, printed


def figures_of(text: str) -> list[float]:
    return [float(figure) for figure in re.findall(r"-?\d+\.\d+", text)]


def assert_prints(values, printed: str) -> None:
    """Assert that `values` are the printed numbers, to the eighth decimal, which is the last that is printed."""
    np.testing.assert_allclose(np.ravel(values), [float(figure) for figure in printed.split()], rtol=0, atol=0.5001e-8)


def assert_all_units_print(network, row: str, v: str, b: str) -> None:
    for unit in range(3):
        assert_prints(np.asarray(network.input_to_hidden_weights)[unit], row)
        assert_prints(np.asarray(network.hidden_to_output_weights)[0, unit], v)
        assert_prints(np.asarray(network.biases)[unit, 0], b)
