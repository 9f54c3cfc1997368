"""Leave hidden tests out of feedback pages: students see that there is one, and what it said, and not its text."""

from __future__ import annotations

from nbgrader.preprocessors import NbGraderPreprocessor

from ..judging.testcells import hidden_lines

HIDDEN = "# a hidden test"


class HideTests(NbGraderPreprocessor):
    """Put a comment in place of what stands between the marks of hidden tests."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code" and (hidden := hidden_lines(cell.source)):
            lines = cell.source.splitlines()
            shown = [HIDDEN if at in hidden else line for at, line in enumerate(lines, 1) if at - 1 not in hidden]
            cell.source = "\n".join(shown)
        return cell, resources
