"""What the rows of a class say together. Pure: rows in, data out that JSON can hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from itertools import combinations
from statistics import StatisticsError, correlation, mean, median
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from ..course.times import shown
from .drafts import mark
from .gather import Row

UTC = ZoneInfo("UTC")
NO_MISTAKE = {"", "unanswered"}
ALIKE, MOST_COMPARED = 97.0, 1500  # per cent; students
SHORTEST, LONGEST = 200, 20_000  # characters of all answers of a student; of longer ones the beginning is compared


def analyse(
    rows: list[Row],
    most: dict[str, float],
    titles: dict[str, str],
    hints: dict[str, str],
    due: datetime | None = None,
    zone: ZoneInfo = UTC,
    drafts: Mapping[str, str] | None = None,
) -> dict:
    """Return all that a report shows; `most` are the points of each exercise, `drafts` those of `examiner learn`."""
    sent = [row for row in rows if row.submitted]
    graded = [row for row in sent if not row.waiting]
    totals = [row.total for row in graded]
    return {
        "students": len(rows),
        "submitted": len(sent),
        "out_of": sum(most.values()),
        "mean": round(mean(totals), 2) if totals else None,
        "median": round(median(totals), 2) if totals else None,
        "due": shown(due, zone),
        "extended": [{"student": row.student, "until": shown(row.until, zone)} for row in rows if row.until],
        "scores": histogram(totals, sum(most.values())),
        "missing": [row.student for row in rows if not row.submitted],
        "late": [row.student for row in sent if row.seconds_late > 0],
        "waiting": [row.student for row in sent if row.waiting],
        "exercises": [exercise(key, of, titles.get(key, key), sent) for key, of in most.items()],
        "misconceptions": misconceptions(sent, hints),
        "after_hints": [],  # of a course whose checks keep attempts
        "together": together(sent),
        "unnamed": unnamed(sent, drafts or {}),
        "options": options(sent),
        "noted": [{"student": row.student, "notes": row.notes} for row in sent if row.notes],
        "too_slow": [row.student for row in sent if any(one.kind == "too slow" for one in row.answers.values())],
        "alike": alike(sent),
    }


def histogram(totals: list[float], out_of: float, parts: int = 10) -> list[int]:
    """Return how many scores are in each tenth of the points; what is beyond the total is in the last."""
    counts = [0] * parts
    for total in totals:
        counts[min(int(parts * total / out_of), parts - 1) if out_of else 0] += 1
    return counts


def exercise(key: str, of: float, title: str, sent: list[Row]) -> dict:
    """Return how one exercise went: who solved it, and whether it tells good submissions from weak ones."""
    points = [row.points.get(key, 0.0) for row in sent]
    rest = [row.score - row.points.get(key, 0.0) for row in sent]
    try:
        discrimination = round(correlation(points, rest), 2)
    except StatisticsError:  # fewer than two submissions, or all the same
        discrimination = None
    solved = sum(got >= of for got in points) / len(points) if points and of else None
    return {
        "key": key,
        "title": title,
        "of": of,
        "solved": None if solved is None else round(solved, 4),
        "mean": round(mean(points), 2) if points else None,
        "discrimination": discrimination,
    }


def misconceptions(sent: list[Row], hints: dict[str, str]) -> list[dict]:
    """Return the known mistakes, the most frequent first, with who made each."""
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sent:
        for key, one in row.answers.items():
            if one.misconception:
                who[key, one.misconception].append(row.student)
    found: list[dict] = [
        {"exercise": key, "misconception": name, "hint": hints.get(name, ""), "count": len(some), "who": some}
        for (key, name), some in who.items()
    ]
    return sorted(found, key=lambda one: (-one["count"], one["exercise"]))


def together(sent: list[Row], least: int = 2, most: int = 20) -> list[dict]:
    """Return pairs of known mistakes that the same students made more often than chance has it."""
    each: Counter = Counter()
    both: Counter = Counter()
    for row in sent:
        made = sorted({f"{key}: {one.misconception}" for key, one in row.answers.items() if one.misconception})
        each.update(made)
        both.update(combinations(made, 2))
    found: list[dict] = [
        {"mistakes": list(pair), "count": count, "expected": round(each[pair[0]] * each[pair[1]] / len(sent), 2)}
        for pair, count in both.items()
        if count >= least and count * len(sent) > each[pair[0]] * each[pair[1]]
    ]
    return sorted(found, key=lambda one: (one["expected"] - one["count"], one["mistakes"]))[:most]


def unnamed(sent: list[Row], drafts: Mapping[str, str], most: int = 50) -> list[dict]:
    """Return mistakes without a name, grouped by what came out, the largest group first.

    Each has one answer, and the drafts that `examiner learn` made for answers of the group, the most frequent first.
    """
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sent:
        for key, one in row.answers.items():
            if one.kind not in NO_MISTAKE and not one.misconception and not one.follows and not one.options:
                groups[key, one.came_out, one.but].append(row)
    found: list[dict] = [
        {"exercise": key, "came_out": out, "but": but, "count": len(some), "answer": some[0].answers[key].source}
        | {"drafts": _drafts(key, some, drafts)}
        for (key, out, but), some in groups.items()
    ]
    return sorted(found, key=lambda one: (-one["count"], one["exercise"]))[:most]


def _drafts(key: str, some: list[Row], drafts: Mapping[str, str]) -> list[str]:
    made = (drafts.get(mark(key, row.answers[key].source)) for row in some) if drafts else ()
    return [draft for draft, _ in Counter(filter(None, made)).most_common()]


def options(sent: list[Row]) -> list[dict]:
    """Return how many chose each option of each quiz."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for row in sent:
        for key, one in row.answers.items():
            counts[key].update(one.options)
    return [{"exercise": key, "chosen": dict(sorted(some.items()))} for key, some in counts.items() if some]


def alike(sent: list[Row], most: int = 50) -> list[dict]:
    """Return pairs of students whose answers are nearly the same text, to be looked at.

    Of a large class only the very same texts are found, since all pairs would take too long.
    """
    texts = {row.student: "\n".join(one.source for one in row.answers.values())[:LONGEST] for row in sent}
    wrong = {row.student for row in sent if any(one.kind not in NO_MISTAKE for one in row.answers.values())}
    some = [student for student in texts if len(texts[student]) >= SHORTEST and student in wrong]
    if len(some) > MOST_COMPARED:
        same: dict[str, list[str]] = defaultdict(list)
        for student in some:
            same[texts[student]].append(student)
        return [{"who": who, "alike": 100.0} for who in same.values() if len(who) > 1][:most]
    words = [texts[student] for student in some]
    table = process.cdist(words, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
    found: list[dict] = [
        {"who": [some[i], some[j]], "alike": round(float(table[i, j]), 1)}
        for i, j in combinations(range(len(some)), 2)
        if table[i, j] >= ALIKE
    ]
    return sorted(found, key=lambda one: (-one["alike"], one["who"]))[:most]


def without_names(rows: list[Row]) -> list[Row]:
    """Return the rows in an order that says nothing, each with a number in place of its name."""
    ordered = sorted(rows, key=lambda row: (-row.total, row.seconds_late, sorted(row.points.items())))
    for number, row in enumerate(ordered, 1):
        row.student, row.notes = f"student {number}", ["Something was repaired, or was unusual."] if row.notes else []
    return ordered
