"""Say which one change would make a wrong answer right: where it is and of what kind, never what belongs there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..answers.small_changes.candidates import OneChange
from ..answers.steps import RETURNED, TAKEN, Print, Step
from .first_off import first_off
from .forms import Form
from .off import Off
from .recognise import ONE_OF, SAYS_MORE
from .way import Way, tells

ONE_CHANGE = "one-change-"  # the beginning of each name
ENOUGH = "For this check, one change is enough"
FORMULA = "What does the formula of the lesson have in this place?"
WORDS = {  # by kind: what is said of the part, or of those in MAY_BE_MEANT what it could be, and what is asked
    "too much": ("`{part}` does not belong there.", "Which part of the formula in the lesson would it be?"),
    "all but one too much": ("`{part}` does not belong there.", "Which part of the formula in the lesson would it be?"),
    "unpacked": ("another order of the names `{part}`.", "In which order are the values on the right?"),
    "listed": ("another order of two entries of `{part}`.", "Which entry belongs to which name or place?"),
    "replaces": (
        "what `{part}` stores added to what was there before.",
        "What is the difference between `=` and `+=`?",
    ),
    "part only": ("more than the part `{part}`.", "Which entries does it leave out?"),
    "other way round": ("`{part}` has its rows and columns the wrong way round.", "Which shape is needed there?"),
    "sign": ("another sign of `{part}`.", FORMULA),
    "operation": ("the operation in `{part}` is not the right one.", FORMULA),
    "parentheses": ("the operations in `{part}` are done in the wrong order: look at the parentheses.", FORMULA),
    "order": ("the two sides of `{part}` the other way round.", FORMULA),
    "comparison": ("another comparison than `{part}`.", "For which values should it be true?"),
    "function": ("`{part}` is not the function that is needed there.", FORMULA),
    "index": ("an index one lower or higher than `{part}`.", "Which entry is this in the first round?"),
    "entries": ("other entries than `{part}`, or more.", "Which entries does the formula have in this place?"),
    "index stored": (
        "another place than `{part}` for what is stored.",
        "Which entry is computed in the first round, and where is it put?",
    ),
    "condition": (
        "the condition `{part}` left out.",
        "For which values is it false, and what should happen then?",
    ),
    "true branch": (
        "what is done where `{part}` is true is not right.",
        "What should be done for such a value?",
    ),
    "false branch": (
        "what is done where `{part}` is false is not right.",
        "What should be done for such a value?",
    ),
    "bound": ("a bound one lower or higher than `{part}`.", "Which are the first and the last round?"),
    "axis": ("`{part}` is the wrong axis.", "Along which axis are the samples?"),
    "choice": ("`{part}` is the wrong choice.", "What does True or False decide there?"),
    "number": ("another number than `{part}`.", FORMULA),
    "value": ("another value than `{part}`.", FORMULA),
    "value in": ("another value in `{part}`.", FORMULA),
    "line too much": ("the answer is right without `{part}`.", "What would the result be without this line?"),
    "comes too early": ("`{part}` comes one line too early.", "Which of its values does the next line change?"),
    "comes too late": ("`{part}` comes one line too late.", "Which of its values does the line before change?"),
    "ends the loop": (
        "`{part}` ends the whole loop, and only this round should end.",
        "What should happen in the next round?",
    ),
    "repeats": (
        "the loop over `{part}` repeats what should be done only once.",
        "How often should these lines run in one call?",
    ),
    "inside a loop": ("`{part}` stands inside a loop, and belongs outside.", "How often should this line run?"),
    "outside a loop": ("`{part}` inside the loop.", "How often should this line run?"),
    "copy missing": (
        "`{part}` is the same object each time; a copy of it is needed.",
        "How many arrays or lists are there, and which line changes one of them?",
    ),
    "sum missing": (
        "a sum over `{part}`.",
        "What shape should the result have?",
    ),
}

# Kinds by which a right line may make up for what another one does with its value.
MAY_BE_MEANT = {"unpacked", "listed", "part only", "sign", "comparison", "index stored", "number", "entries", "value",
                "value in", "outside a loop", "condition", "sum missing", "replaces", "order", "index",
                "bound"}  # fmt: skip
OR_ELSEWHERE = " Look there, and at the lines that work with it: one of them is not right."

# Kinds that can cancel another mistake.
CAN_CANCEL = {"sign", "operation", "order", "parentheses", "number", "index", "entries", "value", "value in"}
ELSEWHERE = {
    "line too much",
    "comes too early",
    "comes too late",
    "inside a loop",
    "outside a loop",
    "ends the loop",
    "repeats",
    "condition",
    "true branch",
    "false branch",
}  # the line is gone, or another

# A change to the student's own line that makes the answer right is surer than what is told by numbers alone, and says
# more than most exceptions.
VAGUE = ("", "axis-lost", "one-number", "shapes-do-not-meet", "more-indices-than-axes", "no-such-axis",
         "index-off-the-end", "several-into-one", "not-unpacked")  # fmt: skip


def is_sure(misconception: str, hint: str = "") -> bool:
    """Say whether a name is better than a change that would repair the answer."""
    generated = "." in misconception and not misconception.startswith(SAYS_MORE)
    return not (misconception in VAGUE or generated or " + " in misconception or hint.startswith(ONE_OF))


def believable(way: Way, before: Sequence[Step], steps: Sequence[Step], change: OneChange) -> bool:
    """Say whether the changed line then gives what occurs on the way to the right result, as far as that is known.

    Where it does not, the change only cancels another mistake. What leaves something out seldom does. Nor is it
    believed where the line then does nothing, or its loop runs only once: it is the line that is too much, or the loop.
    """
    if change.kind in ELSEWHERE:
        return True
    if _does_nothing(steps, change.line) or _runs_only_once(before, steps, change.line):
        return False
    own = [step for step in steps if step.line == change.line and step.name != RETURNED and tells(step.print)]
    can_cancel = change.kind in CAN_CANCEL
    known = [step for step in own if way.can_tell(step) or (can_cancel and "[" not in step.name)]
    if own and not known and can_cancel:  # entries of what the solution sets as a whole
        known = [step for step in steps if tells(step.print) and way.can_tell(step)]
        return all(map(way.fits, known))
    return not known or any(map(way.fits, known))


def begins(way: Way, off: Off, steps: Sequence[Step], change: OneChange) -> bool:
    """Say whether a change puts the first line that is off right, though not yet the whole answer."""
    own = [step for step in steps if step.line == change.line and step.name != RETURNED and tells(step.print)]
    nothing_left = any(step.print is None and step.line == change.line for step in steps)
    entries = any("[" in step.name for step in own)
    if nothing_left or _does_nothing(steps, change.line):
        return False
    if change.kind in {*ELSEWHERE, "all but one too much"} or not own or entries:
        return False  # of entries, what is only taken from a right one would be right too
    if not all(way.knows(step) and way.fits(step) for step in own) or any(TAKEN in step.reads for step in own):
        return False  # what is only taken is wrong where it was made
    several = len(own) > 1 or any(step.print and step.print[0] > 1 for step in own)
    later = first_off(steps, way)
    return several and (later is None or later.line > off.line)


def _does_nothing(steps: Sequence[Step], line: int) -> bool:
    """Say whether each name of a line has the value that it had before."""
    held: dict[str, Print | None] = {}
    same = []
    for step in steps:
        if step.line == line and step.name != RETURNED:
            same.append(step.print is not None and step.print == held.get(step.name))
        held[step.name] = step.print
    return bool(same) and all(same)


def _runs_only_once(before: Sequence[Step], steps: Sequence[Step], header: int) -> bool:
    """Say whether the lines of a loop ran more than once `before`, and now do no more."""
    if not any(step.line == header and not step.name for step in before):
        return False
    some, others = (Counter((step.line, step.name) for step in every) for every in (before, steps))
    again = [one for one, often in some.items() if one[0] > header and often > 1]
    return bool(again) and all(others[one] < 2 for one in again)


def named(change: OneChange, enough: bool = True) -> Form | None:
    """Return the mistake that a change would repair, with others where it is not `enough`; None for unknown kinds."""
    if change.kind not in WORDS:
        return None
    told, ask = WORDS[change.kind]
    where = f"{ENOUGH}, in line {change.line}"
    if change.also:
        where = f"{ENOUGH}, the same in lines {_all([change.line, *change.also])}"
    elif not enough:
        where = f"Begin with line {change.line}"
    part = f"{change.part}` in `{change.around}" if change.around else change.part
    takes = "it takes " * (not enough and change.kind in MAY_BE_MEANT)
    hint = f"{where}: {takes}{told.format(part=part)}{OR_ELSEWHERE * (change.kind in MAY_BE_MEANT)}"
    return Form(f"{ONE_CHANGE}{change.kind.replace(' ', '-')}", hint, ask)


def _all(lines: Sequence[int]) -> str:
    *first, last = map(str, lines)
    return f"{', '.join(first)} and {last}"
