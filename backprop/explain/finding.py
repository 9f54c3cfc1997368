"""What is wrong with one answer, before it is known whose answer it is: the kind, and the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; empty words are filled with more general ones later."""

    kind: str  # as in `Verdict`
    but: str
    returned: str = ""
    hint: str = ""
    ask: str = ""
    misconception: str = ""
    credit: float = 0.0
    line: str = ""
    first: str = ""  # an earlier exercise that should be put right first
