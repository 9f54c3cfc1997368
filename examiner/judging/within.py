"""Judge a test cell that runs in the student's process, by what that process says of it.

Nobody can vouch for a process in which a student's code runs. After a test that is said to have passed, one follows
that cannot: a process that lies about all tests is found out by it.
"""

from __future__ import annotations

import secrets

from nbformat import NotebookNode
from nbformat.v4 import new_output

from ..runner.notebook_runner import NotebookRunner
from ..runner.results import Judged, WithinTest
from .cell_output import CellOutput, hidden_lines
from .testcells import Tested

LIES = "its process says of a test that cannot pass that it has."
NOT_SHOWN = "What was printed while a hidden test ran is not shown."


class WithinTests:
    """The tests of one notebook that run in the student's process."""

    def __init__(self, runner: NotebookRunner, most_text: int):
        self.runner, self.most_text = runner, most_text
        self.lies = False

    def run(self, test: WithinTest, name: str) -> Tested:
        """Run a test cell; `name` stands in what is said of its failure."""
        judged = self.runner.judge(test)
        if judged.passed and not self.lies:
            self.lies = self.runner.judge(WithinTest(_impossible(), test.names, test.students)).passed
        hidden = hidden_lines(test.source)
        outputs = self._outputs(judged, bool(hidden))
        if self.lies:
            return Tested(False, [*outputs, error("ProcessLies", LIES, [])], look=LIES)
        if not judged.passed and not judged.ran.ended:
            outputs.append(error(judged.kind, judged.message, _where(test.source, name, judged.line, hidden)))
        return Tested(judged.passed, outputs, number=judged.number, changed=judged.changed)

    def _outputs(self, judged: Judged, hidden: bool) -> list[NotebookNode]:
        """Return what a test has shown, never as a result, which is for points; an end of the process is an error."""
        kept = CellOutput(self.most_text, self.runner.limits)
        for output in judged.ran.outputs:
            if output.output_type == "stream":
                kept.write(output.text)
            elif output.output_type != "error":
                kept.shown(output)
            elif judged.ran.ended:
                kept.kept.append(output)
        if not hidden:
            return kept.outputs()
        ends = [output for output in kept.outputs() if output.output_type == "error"]
        silent = len(ends) == len(kept.kept)
        return ends if silent else [new_output("stream", name="stdout", text=f"{NOT_SHOWN}\n"), *ends]


def error(kind: str, said: str, where: list[str]) -> NotebookNode:
    """Return the error that a failing test cell shows."""
    return new_output("error", ename=kind, evalue=said, traceback=[*where, f"{kind}: {said}".removesuffix(": ")])


def _where(source: str, name: str, line: int, hidden: set[int]) -> list[str]:
    lines = source.splitlines()
    if not 0 < line <= len(lines):
        return []
    return [f"<{name}>, line {line}" + ("" if line in hidden else f": {lines[line - 1].strip()}")]


def _impossible() -> str:
    """Return a test that fails, another one each time."""
    one, other = secrets.randbelow(900) + 100, secrets.randbelow(90) + 10
    name = secrets.choice(("found", "value", "answer", "result"))
    return secrets.choice(
        (
            f"{name} = {one}\nassert {name} == {one + other}",
            f"assert sum([{one}, {other}]) == {one}",
            f"{name} = [{one}, {other}]\nassert len({name}) == 2\nassert {name}[0] < {name}[1], 'in order'",
            f"assert isinstance({one}, str)",
        )
    )
