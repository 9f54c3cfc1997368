"""Recognise a mistake that no one wrote down, or two at once, by the fingerprints that `examiner freeze` has stored.

A name is given only where it explains every part of the answer that is wrong, and speaks of nothing that the answer's
text does not hold. It says what the answer's values are; which line of the student's they come from is the student's to
find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..answers.attempt import Attempt, Trouble
from ..answers.compare import agree
from ..answers.fingerprint import Seen, confirms, leaves, wrong_parts
from ..answers.tables import Check, FrozenMisconception
from .exceptions import bound_by_line
from .in_the_text import may_be, text_of
from .right_there import right_there

# What is measured is that the values are the same; other mistakes may give them too.
SAME = "Your values are those of this mistake, or of one like it: "
TWO = (
    "Your values are those of two mistakes, or of some like them, each told as if it were the only one. "
    "The first: {first} The second: {then}"
)
ONE_OF = "It looks like one of "  # where it is not clear which
MOST_SAID = 3
SEVERAL = re.compile(r"what `\w+` returns(?: and what `\w+` returns)+")
COUNTS = {2: "two", 3: "three"}
LEAVE_ZERO = ("value-whole-numbers", "floor-division", "line-missing", "value-left-at-zero", "never-runs", "runs-once",
              "starts-early", "first-for-all", "part-left-at-zero", "part-whole-numbers", "nothing-done")  # fmt: skip
# Kinds that the text of an answer shows too: they are surer, and say more than a change to one line.
SAYS_MORE = (
    "times-for-power", "another-scale", "another-draw", "another-activation", "another-slope", "another-coding",
    "another-summary",
    "slope-", "rounded", "number-written-down", "seed-inside", "leaves-the-loop", "one-array-for-both", "stored-twice",
    "value-places-of-true",
)  # fmt: skip
RANGES = ("one-too-far", "starts-early", "count-off", "number-written-down", "other-size")
Evidence = tuple[Check, object, bool]  # another check of the exercise: what came back there, and whether it is right


def recognise(check: Check, attempt: Attempt, evidence: Sequence[Evidence] = ()) -> FrozenMisconception | None:
    """Return the generated mistake, or the pair of mistakes, that an answer shows; None where nothing fits.

    One that does not fit the `evidence` of other checks, what came back on the second input, or the answer's text, is
    out. Where two or three are left, all are said; where more are left none is, unless they are of one kind.
    """
    ids = fitting(check, attempt.value, attempt.second)
    ids = [id for id in ids if all(_fits_there(id, *other) for other in evidence)]
    ids = _likeliest(check, _borne(check, ids, attempt))
    alone = [id for id in ids if " + " not in id] or ids
    if not alone:
        return None
    if len(alone) == 1:
        return _with_its_values(named(check, alone[0], attempt))
    kinds = {id.split(".")[0] for id in alone}
    if " + " in alone[0]:
        return None
    if len(alone) <= MOST_SAID:
        return _one_of(check, alone, attempt)
    return _with_its_values(named(check, alone[0], attempt)) if len(kinds) == 1 else None


def _with_its_values(found: FrozenMisconception) -> FrozenMisconception:
    """Say that values alone show a mistake, unless the text does too, or two are told."""
    alone = " + " not in found.id and "." in found.id and not found.id.startswith(SAYS_MORE)
    return replace(found, hint=SAME + found.hint) if alone else found


def _borne(check: Check, ids: list[str], attempt: Attempt) -> list[str]:
    """Return those of some mistakes that the text of the answer bears, where it is known."""
    text = text_of(attempt, check.exercise.handed) if ids else None
    if text is None or check.generated is None:
        return ids
    said, kinds, written = check.generated.said, check.generated.kinds, check.generated.written
    right_at = right_there(check, attempt)

    def borne(one: str) -> bool:
        if one not in said:
            return may_be(written[one].get("only_if", ""), lambda: text.code)
        kind, at, what = said[one]
        told = "{at}" in kinds[kind][0]
        if kinds[kind][0].startswith("In ") and told and right_at(at):
            return False
        return text.bears(kind, what, at) and (not told or (text.speaks_of(at) and not text.is_given(kind, at)))

    return [id for id in ids if all(map(borne, id.split(" + ")))]


def _likeliest(check: Check, ids: list[str]) -> list[str]:
    """Return one of those that say the same at different places, the likeliest, which comes first."""
    said = check.generated.said if check.generated else {}
    found: dict[object, str] = {}
    for id in ids:
        kind, _, what = said.get(id, ("", "", ""))
        found.setdefault((kind, what) if what else id, id)
    return list(found.values())


def recognise_exception(check: Check, attempt: Attempt) -> FrozenMisconception | None:
    """Return the generated mistake that ends in this exception at this place, or None where it is not clear which.

    The line of the student's that raised must bind what the mistake is in, and hold the names that it is about.
    """
    trouble = attempt.trouble
    if not check.generated or trouble is None or trouble.kind == "KeyError":  # whose key says more
        return None
    bound = bound_by_line(trouble.line)
    told = "what " if re.match(r"return\b", trouble.line) else f"`{bound}`" if bound else ""
    numbers = [n for kind, message, some in check.generated.raises for n in some
               if (kind, message) == (trouble.kind, trouble.message)]  # fmt: skip
    fitting_there = []
    for number in numbers if told else ():
        at, what = check.generated.about(number)
        held = _holds(trouble.line, what)
        if (
            at.startswith(told)
            and " and " not in at.removeprefix("what")
            and held
            and _may_raise(check, number, trouble)
        ):
            fitting_there.append(check.generated.id(number))
    ids = _borne(check, list(dict.fromkeys(fitting_there)), attempt)
    if not ids or (len(ids) > MOST_SAID and len({id.split(".")[0] for id in ids}) > 1):
        return None
    few = 1 < len(ids) <= MOST_SAID
    return _one_of(check, ids, attempt) if few else named(check, ids[0], attempt)


def _holds(line: str, what: str) -> bool:
    """Say whether a line holds the first of the names that a mistake is about; of "`a` for `b`" not the second too."""
    names = re.findall(r"`(\w+)`", what)
    found = [bool(re.search(rf"\b{name}\b", line)) for name in names[:2]]
    return not found or (found[0] and not (" for `" in what and found[1:] == [True]))


def _may_raise(check: Check, number: int, trouble: Trouble) -> bool:
    """Say whether this mistake can end a line so: an index leaves an array by a loop's range, or where 1 is added."""
    assert check.generated
    kind, (_, what) = check.generated.kind(number), check.generated.about(number)
    name = re.match(r"`(\w+)", what)
    return (
        trouble.kind != "IndexError"
        or kind in RANGES
        or bool(re.search(rf"\b{name[1]}\[[^\]]*\+ ?1" if name else r"\+ ?1", trouble.line))
    )


def _fits_there(id: str, check: Check, value, passed: bool) -> bool:
    if not check.generated:
        return True
    return id not in check.generated.ids if passed else id in fitting(check, value)


def _one_of(check: Check, ids: list[str], attempt: Attempt) -> FrozenMisconception:
    words = [named(check, id, attempt) for id in ids]
    hints = list(dict.fromkeys(each.hint for each in words))
    said = hints[0] if len(hints) == 1 else f"{ONE_OF}{COUNTS[len(hints)]} things. Either: {' Or: '.join(hints)}"
    return FrozenMisconception(ids[0], check.exercise.key, said, words[0].ask)


def fitting(check: Check, value, second: Attempt | None = None) -> list[str]:
    """Return the ids of all stored mistakes that explain `value` on this check, the likeliest first."""
    if not check.generated:
        return []
    want = check.want
    expected = dict(leaves(want))
    paths, seen = list(expected), Seen(value, want)
    right = {path for path, leaf in expected.items() if _is_right(seen, path, leaf)}
    wrong = [path for path in seen.leaves if path not in right]
    gone = [path for path in paths if path not in seen.leaves]
    if all(seen.says_nothing(path) for path in wrong):
        return []
    found = []
    confirmed = _confirmed(check, second)
    for row, (*numbers, parts) in enumerate(check.generated.rows):
        stored = {(paths[where] if isinstance(where, int) else where): print_ for where, *print_ in parts}
        whole = len(stored) == len(wrong) + len(gone) and all(stored.get(path) == ["gone"] for path in gone)
        if whole and all(_explains(seen, expected, stored, path) for path in wrong) and confirmed(row):
            found.append(numbers)
    if all(seen.is_zero(path) for path in wrong):
        found = [numbers for numbers in found if all(check.generated.kind(number) in LEAVE_ZERO for number in numbers)]
    return [" + ".join(map(check.generated.id, numbers)) for numbers in found]


def _confirmed(check: Check, second: Attempt | None) -> Callable[[int], bool]:
    """Return what says whether the mistake in a row gives, on the second input, what came back there."""
    if second is None or second.trouble or check.second is None:
        return lambda row: True
    parts = wrong_parts(second.value, check.second.want)
    stored = check.generated.second if check.generated else []
    return lambda row: row >= len(stored) or confirms(parts, stored[row])


def _is_right(seen: Seen, path: str, leaf) -> bool:
    return path in seen.leaves and not isinstance(seen.leaves[path], str) and agree(seen.leaves[path], leaf)


def _explains(seen: Seen, expected: dict, stored: dict, path: str) -> bool:
    if path not in stored:
        return False
    shape, *sums = stored[path]
    if shape == 0:
        shape = list(expected[path].shape)
    return seen.fits(path, [shape, *sums])


def named(check: Check, id: str, attempt: Attempt | None = None) -> FrozenMisconception:
    """Return the words for a mistake, or for two, in the text of an answer."""
    assert check.generated  # that is where the id comes from
    one, _, other = id.partition(" + ")
    text = text_of(attempt) if attempt else None
    functions = re.findall(r"\w+", check.exercise.function)
    lacks = text.only(functions).lacks if text else lambda at: False
    right = right_there(check, attempt) if attempt else lambda at: False
    hint, ask = check.generated.words(one, lacks, right)
    if other:
        hint = TWO.format(first=hint, then=check.generated.words(other, lacks, right)[0])
    hint, ask = (_of_the_wrong(sentence, check, attempt) for sentence in (hint, ask))
    return FrozenMisconception(id, check.exercise.key, hint, ask)


def _of_the_wrong(sentence: str, check: Check, attempt: Attempt | None) -> str:
    """Leave out of a sentence on what several functions return those that return what is right, or are not called."""
    got = attempt.value if attempt and not attempt.trouble else None
    called, right = check.call.partition("(")[0], set[str]()
    if isinstance(got, dict) and isinstance(check.want, dict):
        right = {name for name, want in check.want.items() if name in got and agree(got[name], want)}

    def of_the_wrong(said: re.Match) -> str:
        places = {one.split("`")[1]: one for one in said[0].split(" and ")}
        wrong = [place for name, place in places.items() if name not in right]
        return places.get(called) or " and ".join(wrong) or said[0]

    return SEVERAL.sub(of_the_wrong, sentence)
