"""Cut outputs by characters. nbgrader's own limit counts lines only, so one line of 200 MB passes it."""

from __future__ import annotations

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer


class LimitOutputSize(NbGraderPreprocessor):
    """Cut what a cell printed, and drop what it displayed, beyond a number of characters."""

    max_characters = Integer(100_000, help="most characters of output that a cell keeps").tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        left = self.max_characters
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                if len(output.text) > left:
                    output.text = output.text[:left] + "\n… output cut …\n"
            elif output.output_type == "error":
                output.traceback = [line[: max(left, 2000)] for line in output.traceback]
                output.evalue = output.evalue[:2000]
            elif sum(len(str(value)) for value in output.data.values()) > max(left, 0) + 2_000_000:  # room for a plot
                output.data = {"text/plain": "… output cut …"}
                output.metadata = {}
            left -= len(output.get("text", ""))
            left = max(left, 0)
        return cell, resources
