"""Quizzes: show the options as a card, and explain why each option, chosen or not, is right or wrong.

The answer is code in a solution cell (`answer_3 = ["B", "D"]`, `answer_1 = 1.2`), so that it travels with the notebook.
In the student's files the key is a salted hash and the sentences are veiled: reading `checks.json` does not give away
the answer. It is no secret from someone who writes a program to try all answers; see docs/instructor.md.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import math
import re
from collections.abc import Collection

import numpy as np

from .answers.amount import amount
from .answers.attempt import Attempt
from .answers.compare import as_numbers
from .explain.describe import describe
from .explain.verdict import Verdict

MOST_DECIMALS = 6
MOST_GIVEN = 1000  # entries of an answer that is looked at
ASKED = {
    "one": 'Choose one: `{name} = "A"`',
    "several": 'Choose all that are right: `{name} = ["A", "B"]`',
    "number": "Give a number with {decimals}: `{name} = 0.5`",
}


def seal(quiz: dict, salt: str) -> dict:
    """Return what a student may hold of `quiz`, as an instructor wrote it: the key hashed, the sentences veiled."""
    kind, key = quiz["kind"], quiz["key"]
    sealed = {name: quiz[name] for name in ("kind", "question")} | {
        "exercise": key,
        "salt": salt,
        "answer": quiz.get("answer_name", f"answer_{key}"),
        "decimals": quiz.get("decimals", 1),
    }
    if kind == "number":
        true = quiz["answer"]
        hashes = {str(d): _hash(salt, _rounded(true, d)) for d in range(sealed["decimals"], MOST_DECIMALS + 1)}
        wrong = [
            {"hash": _hash(salt, _rounded(w["answer"], sealed["decimals"])), "because": _veil(w["because"], salt)}
            for w in quiz.get("wrong", [])
        ]
        return sealed | {"hashes": hashes, "wrong": wrong, "right": _veil(quiz.get("because", ""), salt)}
    options = quiz["option"]
    right = [option["label"] for option in options if option.get("right")]
    return sealed | {
        "hash": _hash(salt, "".join(sorted(right))),
        "options": [
            {
                "label": option["label"],
                "text": option["text"],
                "veiled": _veil(json.dumps([bool(option.get("right")), option["because"]]), salt + option["label"]),
            }
            for option in options
        ],
    }


def judge_quiz(sealed: dict, attempt: Attempt, exercises: dict, missed: Collection[str] = ()) -> Verdict:
    """Return the verdict on an answer: a letter, several letters, or a number.

    `missed` are the wrong choices before this one, as `Verdict.returned`. One wrong try must not give away the key:
    only the options that were chosen are explained. From the second try on it is said how many are missing, and when
    the answer is right all options are explained.
    """
    exercise = exercises[sealed["exercise"]]
    about = {
        "key": exercise.key,
        "exercise": exercise.key,
        "name": exercise.name,
        "points": exercise.points,
        "called": sealed["answer"],
    }
    if attempt.trouble:
        return Verdict(
            passed=False, kind="unanswered", but=f"there is no `{sealed['answer']}` yet.", hint=_asked(sealed), **about
        )
    if sealed["kind"] == "number":
        return Verdict(**about, **_judge_number(attempt.value, sealed, exercise))
    return Verdict(**about, **_judge_letters(attempt.value, sealed, exercise, missed))


def _judge_letters(given, sealed, exercise, missed) -> dict:
    labels = [option["label"] for option in sealed["options"]]
    chosen = _letters(given)
    one = sealed["kind"] == "one"
    if chosen is None or not set(chosen) <= set(labels) or (one and len(chosen) != 1):
        but = f"{describe(given)} is not a choice from {', '.join(labels)}."
        if one and chosen and set(chosen) <= set(labels):
            but = f"only one of the {len(labels)} options is right, and you chose {len(chosen)}."
        return {"passed": False, "kind": "type", "returned": describe(given), "but": but, "hint": _asked(sealed)}
    passed = _hash(sealed["salt"], "".join(sorted(chosen))) == sealed["hash"]
    options = []
    for option in sealed["options"]:
        right, because = json.loads(_unveil(option["veiled"], sealed["salt"] + option["label"]))
        options.append(
            {
                "label": option["label"],
                "text": option["text"],
                "chosen": option["label"] in chosen,
                "right": right,
                "because": because,
            }
        )
    returned = ", ".join(sorted(chosen)) or "none of them"
    if passed:
        return {"passed": True, "returned": returned, "options": options}
    shown = [option for option in options if option["chosen"]]
    words = {"returned": returned, "options": shown, "hint": exercise.hint, "ask": exercise.ask}
    left = sum(option["right"] and not option["chosen"] for option in options)
    wrong = sum(not option["right"] for option in shown)
    said = f"{returned} is not right." if one else _missed_sentence(wrong, left, bool(set(missed) - {returned}))
    return {"passed": False, "kind": "value", "but": said} | words


def _missed_sentence(wrong: int, left: int, again: bool) -> str:
    chosen = f"{wrong} of the options you chose {'is' if wrong == 1 else 'are'} not right" if wrong else ""
    if again and left:
        missing = f"{left} right {'one is' if left == 1 else 'ones are'} missing"
    else:
        missing = "" if wrong else "what you chose is right, but something is missing"
    return f"{', and '.join(filter(None, [chosen, missing]))}."


def _letters(given) -> list[str] | None:
    """Return the chosen labels of "B", "b, d", "BD", ["B", "D"] or {"B", "D"}, or None where it is no choice."""
    if amount(given, MOST_GIVEN) > MOST_GIVEN:
        return None
    if isinstance(given, np.ndarray) and given.dtype.kind == "U":
        given = given.ravel().tolist()
    parts = [given] if isinstance(given, str) else given
    if not isinstance(parts, list | tuple | set | frozenset) or not all(isinstance(part, str) for part in parts):
        return None
    letters = itertools.chain.from_iterable(re.sub(r"[\s,;]", "", part) for part in parts)
    return sorted({letter.upper() for letter in letters})


def _judge_number(given, sealed, exercise) -> dict:
    number = as_numbers(given) if amount(given, MOST_GIVEN) <= MOST_GIVEN else None
    if number is None or number.size != 1 or number.dtype.kind == "b" or not math.isfinite(float(number.item())):
        but = f"{describe(given)} is not a number."
        return {"passed": False, "kind": "type", "returned": describe(given), "but": but, "hint": _asked(sealed)}
    value, salt = float(str(number.ravel()[0])), sealed["salt"]  # as it reads: 1.2 in float32 is 1.2
    decimals = min(max(_decimals(value), sealed["decimals"]), MOST_DECIMALS)
    words = {"returned": describe(value)}
    if _hash(salt, _rounded(value, decimals)) == sealed["hashes"][str(decimals)]:
        return {"passed": True, "because": _unveil(sealed["right"], salt)} | words
    wrong = {"passed": False, "kind": "value", "hint": exercise.hint, "ask": exercise.ask} | words
    for known in sealed["wrong"]:
        if _hash(salt, _rounded(value, sealed["decimals"])) == known["hash"]:
            but = "this is the number you get when one step is wrong."
            return wrong | {"but": but, "hint": _unveil(known["because"], salt)}
    if _hash(salt, _rounded(value, sealed["decimals"])) == sealed["hashes"][str(sealed["decimals"])]:
        but = f"it is right to {_decimals_of(sealed)}, and wrong after that. Was something rounded too early?"
        return wrong | {"but": but}
    return wrong | {"but": "this number is not right."}


def _decimals(value: float) -> int:
    text = repr(value)
    return len(text.split(".")[1]) if "." in text and "e" not in text else MOST_DECIMALS


def _rounded(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def _asked(sealed: dict) -> str:
    return ASKED[sealed["kind"]].format(name=sealed["answer"], decimals=_decimals_of(sealed))


def _decimals_of(sealed: dict) -> str:
    return f"{sealed['decimals']} decimal{'' if sealed['decimals'] == 1 else 's'}"


class Card:
    """A quiz as a card: the question, the options, and how to answer."""

    def __init__(self, sealed: dict):
        self._sealed = sealed

    def __repr__(self) -> str:
        options = [f"  {option['label']}  {option['text']}" for option in self._sealed.get("options", [])]
        return "\n".join([self._sealed["question"], *options, _asked(self._sealed)])

    def _repr_markdown_(self) -> str:  # Markdown, so that JupyterLab sets the formulas
        options = [f"- **{option['label']}** &nbsp; {option['text']}" for option in self._sealed.get("options", [])]
        return "\n".join([f"**{self._sealed['question']}**", "", *options, "", f"*{_asked(self._sealed)}*"])


def _hash(salt: str, answer: str) -> str:
    return hashlib.sha256(f"{salt}:{answer}".encode()).hexdigest()


def _veil(text: str, salt: str) -> str:
    return base64.b64encode(_mix(text.encode(), salt)).decode()


def _unveil(veiled: str, salt: str) -> str:
    return _mix(base64.b64decode(veiled), salt).decode()


def _mix(data: bytes, salt: str) -> bytes:
    """Combine `data` with a stream made from `salt`: out of a reader's sight, not out of a program's reach."""
    blocks = (hashlib.sha256(f"{salt}/{i}".encode()).digest() for i in itertools.count())
    stream = itertools.chain.from_iterable(blocks)
    return bytes(byte ^ mask for byte, mask in zip(data, stream, strict=False))
