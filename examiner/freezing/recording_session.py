"""The session that freezing puts in place of a student's: it keeps inputs and outcomes, and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from backprop.answers import json_values
from backprop.answers.attempt import Attempt
from backprop.answers.compare import agree
from backprop.answers.tables import Tables
from backprop.session import Session

from ..errors import ExaminerError


@dataclass
class Inputs:
    """Frozen inputs of all checks: stored values, and names of sizes."""

    stored: dict[str, object] = field(default_factory=dict)
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)


class RecordingSession(Session):
    """Keeps what each `check` was handed; `inputs` are filled by the run of the solutions and used by every other."""

    def __init__(self, inputs: Inputs):
        super().__init__()
        self.inputs = inputs
        self.attempts: dict[str, Attempt] = {}

    @property
    def tables(self) -> Tables:
        return Tables({}, {}, {})

    def record_inputs(self, key: str, value, sizes: dict[str, int]) -> None:
        if key in self.inputs.stored:
            raise ExaminerError(f"the inputs of check {key!r} are frozen twice.")
        try:
            self.inputs.stored[key] = json_values.encode(value)
        except json_values.NotPlain as error:
            raise ExaminerError(f"the inputs of check {key!r} cannot be kept, since {error}.") from error
        self.inputs.sizes[key] = sizes

    def given(self, key: str):
        if key not in self.inputs.stored:
            raise ExaminerError(f"given({key!r}) has no inputs: write freeze_inputs({key!r}, …) in a cell before it.")
        return json_values.decode(self.inputs.stored[key])

    def judge(self, key: str, attempt: Attempt) -> None:
        if key in self.attempts and not agree(attempt.value, self.attempts[key].value):
            raise ExaminerError(f"check {key!r} is handed two values in one run.")
        self.attempts[key] = attempt

    def progress(self) -> str:
        return ""
