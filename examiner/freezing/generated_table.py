"""Write what generated mistakes give on frozen inputs as a table."""

from __future__ import annotations

from collections.abc import Iterable

from backprop.answers.fingerprint import leaves, one_number

from .edits.found import Edit
from .edits.words import KINDS
from .generated import WRITTEN, Found, Print
from .recording_session import SECOND


def as_table(
    keys: Iterable[str], found: dict[str, tuple[list[Found], list[Found]]], want, misconceptions: Iterable[str]
) -> dict:
    """Return what a table holds of the generated mistakes of its checks: words once, rows of numbers for each check.

    A row is [number of the mistake, parts]; a part is [number of the path, shape (0 for the right one), sums].
    """
    texts: dict[str, int] = {}
    kinds: dict[str, list[str]] = {}
    names: list[list] = []
    numbers: dict[tuple, int] = {}
    elsewhere = _elsewhere(found)

    def number_of(edit: Edit) -> int:
        name = (edit.kind, edit.at, edit.what)
        if name not in numbers:
            numbers[name] = len(names)
            if edit.kind == WRITTEN:
                names.append([edit.at])
            else:
                kinds.setdefault(edit.kind, [KINDS[edit.kind].hint, KINDS[edit.kind].ask])
                told = (edit.at, edit.what, *elsewhere.get(name, ()))
                names.append([edit.kind, *(texts.setdefault(text, len(texts)) for text in told)])
        return numbers[name]

    checks = {}
    seconds = {}
    raises = {}
    for key in keys:
        exercise = key.split(".")[0]
        ending: dict[tuple[str, str], list[int]] = {}
        for one in found.get(exercise, ([], []))[0]:
            if key == exercise and one.raises:
                numbers_of = ending.setdefault(one.raises, [])
                number = number_of(one.edits[0])
                numbers_of += [number] * (number not in numbers_of)
        if ending:
            raises[key] = [[*raised, numbers_] for raised, numbers_ in ending.items()]
        expected = dict(leaves(want[key].value))
        paths = list(expected)
        rows, second = [], []
        for some in found.get(exercise, ([], [])):
            for one in some:
                if key in one.prints and all(e.kind != WRITTEN or e.at in misconceptions for e in one.edits):
                    numbers_ = [number_of(edit) for edit in one.edits]
                    rows.append([*numbers_, _parts(one.prints[key], paths, expected)])
                    there = one.prints.get(key + SECOND)
                    second.append(one_number(there) if there else None)
        if rows:
            checks[key] = rows
        if rows and key + SECOND in want:
            seconds[key] = second
    table = {"kinds": kinds, "texts": list(texts), "names": names, "checks": checks, "raises": raises}
    return table | ({"second": seconds} if seconds else {})


def _elsewhere(found: dict[str, tuple[list[Found], list[Found]]]) -> dict[tuple[str, str, str], list[str]]:
    """Return by its name the other places at which a mistake would give the same."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for one in (one for singles, _ in found.values() for one in singles if one.elsewhere):
        (edit,) = one.edits
        places.setdefault((edit.kind, edit.at, edit.what), []).extend(one.elsewhere)
    return {name: [at for at in dict.fromkeys(some) if at != name[1]] for name, some in places.items()}


def _parts(print_: Print, paths: list[str], expected: dict) -> list[list]:
    parts = []
    for path, stored in print_.items():
        where = paths.index(path) if path in paths else path
        right = expected.get(path)
        same = not isinstance(right, str | None) and stored[0] == list(right.shape)
        sums = stored[1:] if len(print_) == 1 else stored[1:2]
        parts.append([where, 0 if same else stored[0], *sums])
    return parts
