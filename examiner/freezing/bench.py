"""Run many variants of one exercise's solution on the frozen inputs, in one notebook that is set up once."""

from __future__ import annotations

import ast
import contextlib
import io
import warnings
from collections.abc import Callable

import numpy as np

from backprop import session
from backprop.answers.attempt import Attempt

from ..course.source_notebook import Cell
from .recording_session import Inputs, RecordingSession

SECONDS = 10.0  # for a check of a variant: only what never ends takes as long, on any machine


class _Useless(Exception):
    """The variant takes too long: nobody can be told its name."""


class _Enough(Exception):
    """The visible check has been run; what the hidden ones would show is not needed."""


class _BenchSession(RecordingSession):
    def __init__(self, inputs: Inputs, exercise: str, seconds: float, only_visible: bool = False):
        super().__init__(inputs)
        self.exercise, self.seconds, self.only_visible = exercise, seconds, only_visible

    def judge(self, key: str, attempt: Attempt) -> None:
        super().judge(key, attempt)
        late = attempt.trouble and attempt.trouble.kind == "TookTooLong"
        if late:
            raise _Useless
        if key == self.exercise and (attempt.trouble or self.only_visible):
            raise _Enough


class Bench:
    """The names of a notebook in which everything is right but one exercise, which is written each time."""

    def __init__(self, cells: list[Cell], exercise: str, inputs: Inputs, seconds: float = SECONDS):
        self.inputs, self.seconds = inputs, seconds
        self.scope: dict = {"__name__": "__main__", "In": [""]}
        self.cell = next(cell for cell in cells if cell.role == "solution" and cell.exercise == exercise)
        mine = [cell for cell in cells if cell.role in ("check", "hidden") and cell.exercise == exercise]
        self.checks = [compile(cell.source, f"<{cell.name}>", "exec") for cell in mine]
        self.reruns = any(
            isinstance(node, ast.Name) and node.id == "again" for cell in mine for node in ast.walk(cell.tree)
        )
        self.data: tuple[str, ...] = ()
        with session.use(RecordingSession(inputs)), _quiet():
            for cell in cells:
                if cell.role == "setup" or (cell.role == "solution" and cell.only_defines):
                    exec(compile(cell.source, f"<{cell.name}>", "exec"), self.scope)
        self.before = dict(self.scope)

    def run(
        self, source: str, only_visible: bool = False, before_checks: Callable[[dict], None] | None = None
    ) -> dict[str, Attempt] | None:
        """Return what the checks are handed when `source` is the solution; None where it cannot be told.

        `before_checks` may change the names that the checks find.
        """
        recording = _BenchSession(self.inputs, self.cell.exercise, self.seconds, only_visible)
        try:
            with session.use(recording), _quiet(), np.errstate(all="ignore"):
                self.scope["In"] = ["", source]
                if not self.reruns:
                    exec(compile(source, f"<{self.cell.name}>", "exec"), self.scope)
                if before_checks:
                    before_checks(self.scope)
                for check in self.checks:
                    exec(check, self.scope)
        except _Enough:
            pass
        except (Exception, SystemExit):  # a variant that cannot even be defined, or that gives two values in one run
            return None
        finally:
            self.scope.clear()
            self.scope.update(self.before)
        return recording.attempts


@contextlib.contextmanager
def _quiet():
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
