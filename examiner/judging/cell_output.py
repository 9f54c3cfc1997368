"""Keep what a test cell prints, shows and fails with, as outputs of a notebook."""

from __future__ import annotations

import traceback
from collections.abc import Collection

from nbformat import NotebookNode

from backprop.answers.attempt import TookTooLong
from backprop.check import VERDICT_MIME
from backprop.errors import BackpropError

from ..errors import Raised
from ..nodes import new_display, new_error, new_stream
from ..runner.limits import Limits
from ..runner.outputs import NotebookTotals, Outputs

OURS = "application/vnd.backprop."  # how the names of what only the examiner says begin


class CellOutput:
    """Keeps what a test cell prints and shows, in order, as outputs of a notebook."""

    def __init__(self, most_text: int, limits: Limits | None = None, totals: NotebookTotals | None = None):
        self.left = most_text
        self._shown = Outputs(limits or Limits(), totals or NotebookTotals())
        self.kept: list[NotebookNode] = []
        self.verdicts: list[dict] = []

    def write(self, text: str) -> int:
        """Keep printed text, be it an error's: nbgrader would take stderr for a failure."""
        if self.left <= 0 or not text:
            return len(text)
        said = text if len(text) <= self.left else f"{text[: self.left]}\n… output cut …\n"
        self.left -= len(text)
        if not (self.kept and self.kept[-1].output_type == "stream"):
            self.kept.append(new_stream("stdout", ""))
        self.kept[-1].text += said
        return len(text)

    def flush(self) -> None: ...

    def warn(self, message, category: type[Warning], *_, **__) -> None:
        """Keep a warning as a printed line."""
        self.write(f"{category.__name__}: {message}\n")

    def display(self, bundle: dict) -> None:
        self.kept.append(new_display(bundle))
        if VERDICT_MIME in bundle:
            self.verdicts.append(bundle[VERDICT_MIME])

    def shown(self, output: NotebookNode) -> None:
        """Keep what a called function showed: never as a result, which is for points, nor as a verdict.

        All calls of a test together have the room of one cell.
        """
        data = {mime: said for mime, said in output.data.items() if not mime.startswith(OURS)}
        before = len(self._shown.found)
        self._shown.add({"event": "display", "data": data, "metadata": output.metadata})
        self.kept += self._shown.found[before:]

    def error(self, error: BaseException, hidden: Collection[int] = ()) -> None:
        """Keep what a test failed with; of `hidden` lines of the test only the number is told."""
        name = type(error).__name__
        said = str(error)[: self.left + 2000]
        if isinstance(error, BackpropError):
            lines = error._render_traceback_()
        else:
            lines = [*_where(error, hidden), f"{name}: {said}".removesuffix(": ")]
        self.kept.append(new_error(name, said, lines))

    def outputs(self) -> list[NotebookNode]:
        return self.kept


def hidden_lines(source: str) -> set[int]:
    """Return the numbers of the lines between the marks of hidden tests."""
    hidden, found = False, set()
    for number, line in enumerate(source.splitlines(), start=1):
        hidden = (hidden or "### BEGIN HIDDEN TESTS" in line) and "### END HIDDEN TESTS" not in line
        found |= {number} if hidden else set()
    return found


def _where(error: BaseException, hidden: Collection[int]) -> list[str]:
    """Return the lines of the test cells and of the student's process that led to an error, and no others."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<")]
    lines = [
        f"{frame.filename}, line {frame.lineno}" + ("" if frame.lineno in hidden else f": {frame.line}")
        for frame in frames
    ]
    trouble = error.trouble if isinstance(error, Raised | TookTooLong) else None
    if trouble and trouble.line:
        lines.append(f"your {trouble.function}, line {trouble.line_number}: {trouble.line}")
    return lines
