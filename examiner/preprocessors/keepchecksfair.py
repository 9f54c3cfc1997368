"""Text on stderr fails no check.

nbgrader gives a test cell no points when anything was written to stderr, be it NumPy's word about an overflow in a
right answer. Here the text stays, as ordinary output, and the verdict alone counts.
"""

from __future__ import annotations

from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor


class KeepChecksFair(NbGraderPreprocessor):
    """Turn the stderr of test cells into stdout, and drop results that would be read as partial points."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code" and utils.is_grade(cell):
            cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.name = "stdout"
        return cell, resources
