"""Say whether the text of an answer holds what a generated name speaks of.

Quite different mistakes can give the same values. A sentence that says "`np.abs` loses the sign" to a student who never
wrote `abs` is worse than none, even where the numbers fit. So a name is given only where the answer's cell has what the
sentence is about: a function, a number, a name, a loop. What is *missing* from an answer cannot be looked for.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from functools import cache, cached_property, lru_cache

from ..answers.attempt import Alarm, Attempt, TookTooLong
from ..answers.tables import FrozenMisconception
from ..answers.unparsed import BROKEN

LONGEST = 100_000  # characters, written out again
SECONDS = 0.5  # for one pattern of an author's, which may take the square of a text's length, or worse

POWER, ROOT = r"\*\*|pow|square", r"sqrt|\*\* ?\(?(0?\.5|1 ?/ ?2)|pow|norm|hypot|std"
PRODUCT = r"@|dot|matmul|einsum|inner|multi_dot|tensordot|vdot"
ADDED, AVERAGED = rf"sum|\+=|\+|{PRODUCT}", r"mean|average|/"
LOOP = r"\b(for|while)\b"
CUT = r"round|around|rint|trunc|floor|ceil|\bint\b|//|format|:\.\d|decimal|Decimal|%"
WHOLE = r"\bint(\d+|eger)?\b|astype|//|round|rint|trunc|floor|ceil|_like|full|\[0[\],]"
BOUND = r"clip|min|max|where|[<>]|if "
COMPARED = r"[<>=]=|<|>|\bnot\b|~|!=|round|\bint\b|greater|less|equal|heaviside|sign|isclose"
PLACE = r"\[|take|next\(|return|break|item"
DRAWN = r"rand|normal|uniform|choice|rng|seed"

# By kind of mistake: what the text must hold, as a pattern.
NEEDED = {
    "absolute-difference": r"abs|sqrt|max|norm",
    "absolute-for-square": r"abs|sqrt|norm",
    "after-the-loop": LOOP,
    "another-order": LOOP,
    "another-power": rf"{POWER}|{ROOT}|cbrt",
    "another-scale": DRAWN,
    "backwards": LOOP,
    "before-the-loop": LOOP,
    "clipped": BOUND,
    "compared-with-a-number": COMPARED,
    "copy-missing": r"=",
    "count-off": r"[-+] ?1|ddof|\[1:|:-1\]|range\(1",
    "divided-in-each-round": LOOP,
    "drawn-before": DRAWN,
    "drawn-in-another-order": DRAWN,
    "elementwise-for-matrix": r"\*|multiply",
    "first-for-all": r"\[0",
    "first-sample": PLACE,
    "floor-division": r"//|floor|\bint\b",
    "half-for-power": r"/ ?2|0?\.5|sqrt",
    "into-the-inner-loop": LOOP,
    "last-for-all": r"\[-1|- ?1\]",
    "leaves-the-loop": LOOP,
    "loops-exchanged": LOOP,
    "matrix-for-elementwise": PRODUCT,
    "mean-for-sum": AVERAGED,
    "mean-of-all": r"mean|average",
    "moved-in-the-loop": LOOP,
    "one-for-all": r"rand|\*|full",
    "one-short": LOOP,
    "one-too-far": LOOP,
    "overwritten": LOOP,
    "product-of-the-first": PLACE,
    "products-not-summed": r"outer|None|newaxis|multiply|\*",
    "quotient-turned": r"/",
    "returns-more": r",|\[",
    "rounded": CUT,
    "runs-once": LOOP,
    "scale-of-the-other": DRAWN,
    "seed-inside": r"seed|RandomState|default_rng",
    "square-for-root": rf"{POWER}|\*",
    "squared-apart": rf"{POWER}|\*",
    "squared-the-last": rf"{POWER}|\*",
    "starts-early": LOOP,
    "starts-late": LOOP,
    "sum-for-mean": ADDED,
    "sum-so-far": r"sum|\+=|accumulate|\[:",
    "threshold-from-data": r"mean|median|max|min|average|sum",
    "times-for-minus": r"\*|multiply|dot|prod",
    "times-for-plus": r"\*|multiply|dot|prod",
    "times-for-power": r"\* ?2|2 ?\*|\+",
    "transpose-missing": PRODUCT,
    "absolute-taken": r"abs|sqrt|max|norm|if |where",
    "added-up": ADDED,
    "added-up-kept": ADDED,
    "argmax": r"argmax|index|max|sort|where|[<>]",
    "argmax-kept": r"argmax|index|max|sort|where|[<>]",
    "averaged": AVERAGED,
    "averaged-kept": AVERAGED,
    "bent": r"tanh|exp",
    "complement": r"1(\.0)? ?-|-|not|~|[<>]|if |where",
    "decayed": r"0?\.99|0?\.01|1e-0?2|/ ?100",
    "exponential": r"exp|\*\*|\be\b",
    "first-only": PLACE,
    "first-row-only": PLACE,
    "inverse": r"/|\*\* ?-|reciprocal|power",
    "largest-only": r"max|sort",
    "normalised": r"norm|/",
    "percent": r"100",
    "places": r"where|nonzero|index|enumerate|range",
    "places-of-true": r"where|nonzero|index|enumerate|range",
    "root-taken": ROOT,
    "run-together": r"cumsum|\+=|accumulate|\[:|\+",
    "sign-only": rf"sign|norm|abs|{BOUND}",
    "square-taken": rf"{POWER}|\*|{PRODUCT}|var",
    "summed-rows": ADDED,
    "whole-numbers": WHOLE,
}  # fmt: skip

# By what is said to be at work, in words.
SAID = {
    "ReLU": rf"maximum|relu|max|abs|rectified|{BOUND}",
    "ReLU capped at 1": BOUND,
    "leaky ReLU": rf"relu|{BOUND}|\*",
    "step": rf"[<>]|sign|heaviside|if |round|{CUT}",
    "softmax": r"exp|softmax",
    "sigmoid": r"exp|sigmoid|expit|tanh",
    "2σ − 1, between −1 and 1": r"exp|sigmoid|expit|tanh",
    "tanh": r"tanh|exp|sinh",
    "tan": r"tan\b",
    "absolute value": r"abs|sqrt|max|if |where",
    "arctan": r"arctan|atan",
    "sine": r"sin\b",
    "tanh instead of its slope": r"tanh|a1|A1|\ba\b|\bf\b",
    "1 / sinh²": r"sinh|exp|tanh",
    "zeros": r"zeros|\* ?0|0(\.0)? ?\*|full|_like|\b0(\.0)?\b",
    "ones": r"ones|full|\b1(\.0)?\b",
    "uniform": r"uniform|rand\(|random\(|sample",
    "whole numbers": r"randint|integers|choice|round|int\b|arange|floor",
    "absolute values": r"abs|sqrt|\*\*",
}

SLOPE_AT = r"\(([\w.]+\.)?{0}(\[[^\]]{{0,80}}\])?\)|\b{0}(\[[^\]]{{0,80}}\])? ?\*|[-*] ?{0}\b"
# Kinds whose `what` begins with what stands in the answer, as a name: "`x`", "`x` for `y`".
WITH_A_NAME = ("another-name", "data-of-the-notebook", "value-of-another", "returns-another", "returns-more",
               "extra-factor", "extra-divisor", "extra-term", "another-of-ours", "all-the-data", "stored-twice",
               "slope-elsewhere", "another-slope-elsewhere", "another-function", "another-summary",
               "threshold-from-data")  # fmt: skip
WITH_A_NUMBER = ("another-number", "number-written-down", "another-threshold", "clipped", "compared-with-a-number",
                 "step-already-taken", "seed-inside", "another-scale")  # fmt: skip
OTHER_WAYS = {
    "square": rf"{POWER}|\*",
    "exp": r"exp|\be\b|\*\*",
    "exp2": r"exp2|\b2(\.0)? ?\*\*",
    "max": r"max|sort|[<>]",
    "min": r"min|sort|[<>]",
    "prod": r"prod|\*|multiply",
    "std": r"std|var|sqrt",
    "all": r"all|and|min|prod|==",
    "median": r"median|sort|percentile|quantile",
    "mean": AVERAGED,
    "log": r"log",
}
SCALED = {"in percent": r"100", "squared": rf"{POWER}|\*", "inverted": r"/|\*\* ?-", "subtracted from 1": r"1(\.0)? ?-",
          "under a square root": ROOT, "doubled": r"\b2(\.0)?\b|\+", "halved": r"\b2(\.0)?\b|0?\.5",
          "shrinks": LOOP}  # fmt: skip


class Text:
    """The cell of an answer, ready to be asked: without comments and docstrings."""

    def __init__(self, tree: ast.Module):
        self._tree = tree

    @cached_property
    def code(self) -> str:
        """What stands in the bodies of its functions and outside them: no head of a `def`, whose names are given."""
        return "\n".join(map(ast.unparse, self._statements))

    @cached_property
    def _statements(self) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        _collect(self._tree.body, found)
        return found

    @cached_property
    def names(self) -> set[str]:
        """The names and attributes that are read, and the keys that stand as texts."""
        nodes = [node for statement in self._statements for node in ast.walk(statement)]
        read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        read |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        return read | {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    @cached_property
    def numbers(self) -> set[float]:
        """The numbers that are written, without their signs."""
        nodes = [node for statement in self._statements for node in ast.walk(statement)]
        numbers = (node.value for node in nodes if isinstance(node, ast.Constant))
        return {abs(float(n)) for n in numbers if isinstance(n, int | float) and abs(n) <= sys.float_info.max}

    def has(self, pattern: str) -> bool:
        """Say whether a pattern is found."""
        return bool(re.search(pattern, self.code))

    def bears(self, kind: str, what: str) -> bool:
        """Say whether a sentence on a mistake of this kind, about `what`, speaks of nothing that is not there."""
        plain = kind.removeprefix("value-").removeprefix("part-")
        if not self.has(NEEDED.get(plain, "")):
            return False
        if kind in WITH_A_NUMBER and (said := re.match(r"-?[\d.e-]+", what)):
            return self._has_number(float(said[0]), kind)
        if kind == "slope-elsewhere" and (said := re.search(r"`([^`]*)`", what)):
            return self._has_name(said[1]) and self.has(SLOPE_AT.format(re.escape(said[1].split("[")[0])))
        if kind in WITH_A_NAME and (said := re.search(r"taken at `(.*)`|`([^`]*)`", what)):
            return self._has_name(said[1] or said[2])
        if kind == "number-scaled":
            return all(self.has(pattern) for words, pattern in SCALED.items() if words in what)
        if kind == "another-comparison" and (said := re.match(r"`(\S+)`", what)):
            return self._compares(said[1])
        if kind in ("another-activation", "another-slope", "another-draw"):
            known = next((words for words in SAID if what == words), "") or next(
                (words for words in SAID if what.startswith(words)), ""
            )
            return self.has(SAID.get(known, ""))
        return True

    def _has_number(self, number: float, kind: str) -> bool:
        near = {number, abs(number), 1 / abs(number) if number else 0.0}
        if kind == "number-written-down" and number.is_integer() and number < 6:  # rows written out, one by one
            near |= {number - 1}
        if kind == "step-already-taken" and number == 1:
            return True
        return any(abs(one - other) <= 1e-9 * max(1.0, other) for one in self.numbers for other in near)

    def _has_name(self, said: str) -> bool:
        name = re.match(r"[^\W\d]\w*", said)
        if not name or name[0] in self.names:
            return True
        return name[0] in OTHER_WAYS and self.has(OTHER_WAYS[name[0]])

    def _compares(self, sign: str) -> bool:
        mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)
        written = set(re.findall(r"[<>!=]=|<|>", self.code))
        return bool({sign, mirrored} & written) or self.has(
            r"\bnot\b|~|logical|round|\bint\b|astype|greater|less|equal"
        )


def text_of(attempt: Attempt) -> Text | None:
    """Return the text of an answer, None where it is not known, too long, or nested too deeply to be written out."""
    try:
        text = Text(attempt.text()) if attempt.text else None
        return text if text and 0 < len(text.code) <= LONGEST else None
    except BROKEN:
        return None


def code_of(attempt: Attempt) -> Callable[[], str]:
    """Return what gives the text of an answer, "" where it is not known: read once, and only if it is asked for."""
    return cache(lambda: text.code if (text := text_of(attempt)) else "")


def may_be(written: FrozenMisconception, text: Callable[[], str]) -> bool:
    """Say whether a mistake that an author wrote may be named, by what the author says of the answer's text."""
    return not written.only_if or not text() or _found(written.only_if, text())


@lru_cache(maxsize=256)
def _found(pattern: str, code: str) -> bool:
    """Say whether a pattern is found in time."""
    alarm = Alarm(SECONDS)
    try:
        return alarm.run(lambda: bool(re.search(pattern, code, re.MULTILINE)))
    except TookTooLong:
        return False
    finally:
        alarm.end()


def _collect(body: list[ast.stmt], found: list[ast.stmt]) -> None:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [ast.Expr(default) for default in statement.args.defaults]
            _collect(statement.body, found)
        elif isinstance(statement, ast.ClassDef):
            _collect(statement.body, found)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            found.append(statement)
