"""Run a submission in a kernel that knows where the hidden tables are; every cell ends with a reason."""

from __future__ import annotations

from pathlib import Path

from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.preprocessors.execute import UnresponsiveKernelError
from nbgrader.utils import setenv
from traitlets import Integer

from backprop.attempt import SECONDS_VARIABLE
from backprop.tables import HIDDEN, HIDDEN_VARIABLE

# One thread adds in one order: the same sums whatever else the machine does, and no two loops that fight for a core.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class RunSubmission(Execute):
    """nbgrader's own `Execute`, with the hidden tables at hand, and an end for every submission.

    This is the one step that decides what grades: a pipeline that judges submissions in another way replaces it.
    """

    timeout_after_first = Integer(
        15, help="Seconds for each cell once one has run out of time: the same loop is usually met again."
    ).tag(config=True)
    check_seconds = Integer(
        10, help="Seconds for each check; less than a cell has, so that the check can say what took so long."
    ).tag(config=True)

    def preprocess(self, nb, resources, **kwargs):
        self._overran = False
        self.timeout_func = lambda cell: self.timeout_after_first if self._overran else self.timeout
        course = self.parent.parent.coursedir
        source = course.format_path(course.source_directory, ".", resources["nbgrader"]["assignment"])
        told = {HIDDEN_VARIABLE: str(Path(source, HIDDEN).resolve()), SECONDS_VARIABLE: str(self.check_seconds)}
        try:
            with setenv(**told, **ONE_THREAD):
                return super().preprocess(nb, resources, **kwargs)
        except (DeadKernelError, UnresponsiveKernelError) as error:
            if not any(cell.get("execution_count") for cell in nb.cells):
                raise  # it never started, which is no student's fault
            self.log.error("The kernel ended before the notebook did: %s", error)
            _fail_the_rest(nb)
            return nb, resources

    def on_cell_executed(self, **kwargs):
        super().on_cell_executed(**kwargs)
        outputs = kwargs["cell"].get("outputs", [])
        if any(output.get("ename") in ("CellTimeoutError", "KeyboardInterrupt") for output in outputs):
            self._overran = True


def _fail_the_rest(nb) -> None:
    """Give every code cell that did not run an error that says why."""
    for cell in nb.cells:
        if cell.cell_type == "code" and cell.source.strip() and cell.get("execution_count") is None:
            text = "This cell did not run: Python itself had ended in a cell before it (out of memory, or exit)."
            cell.outputs.append(new_output("error", ename="KernelDied", evalue=text, traceback=[text]))
