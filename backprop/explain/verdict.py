"""A verdict on one answer, as data: right or wrong, in which way, and the words that explain it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Verdict:
    """What `check` found out about one answer; display turns it into text and HTML."""

    key: str
    exercise: str
    name: str  # "Exercise 6 · back_propogation"
    passed: bool
    points: float = 0.0  # the visible check's
    kind: str = ""  # "unanswered", "arguments", "exception", "too slow", "missing", "type", "shape", "value", …
    called: str = ""
    returned: str = ""
    holds: str = ""
    but: str = ""
    hint: str = ""
    ask: str = ""
    misconception: str = ""
    credit: float = 0.0
    earlier: str = ""  # what an earlier answer does, without which this one would be right
    line: str = ""  # the last line that is right, and the first that is not
    first: str = ""  # an earlier exercise that should be put right first
    because: str = ""  # why a right number is right
    notes: list[str] = field(default_factory=list)
    hidden: bool = False
    second_input: bool = False  # the answer was right on the first
    came: list = field(default_factory=list)  # fingerprints of a wrong value, where its mistake has no name
    options: list[dict] = field(default_factory=list)  # of a quiz: label, text, chosen, right, because

    def as_data(self) -> dict:
        """Return the verdict as plain JSON data."""
        return asdict(self)
