"""Say whether the text of an answer holds what a generated name speaks of.

Quite different mistakes can give the same values. A sentence that says "`np.abs` loses the sign" to a student who never
wrote `abs` is worse than none, even where the numbers fit. So a name is given only where the answer's cell has what the
sentence is about: a function, a number, a name, a loop. What is *missing* from an answer cannot be looked for.
"""

from __future__ import annotations

import ast
import copy
import re
import sys
from collections.abc import Callable, Collection
from functools import cache, cached_property, lru_cache

from ..answers.attempt import Alarm, Attempt, TookTooLong
from ..answers.handed_out import is_handed_out
from ..answers.steps import base, binds, bound_by
from ..answers.tables import Check
from ..answers.unparsed import BROKEN
from .exceptions import asks_for
from .needed import (
    CALLED_THERE,
    COPIED,
    LOOP,
    NEEDED,
    OTHER_WAYS,
    READ_THERE,
    SAID,
    SCALED,
    SLOPE_AT,
    WITH_A_NAME,
    WITH_A_NUMBER,
)

ALIAS = re.compile(r"\s*(\w+) = \w+")
ALIAS_OF = re.compile(r"(?m)^[ \t]*[\w.]+ = (\w+)$")
BOUND = re.compile(r"(?m)^[ \t]*(\w+) = ")
PLACE = r"[\w.]+(?:\[['\"]\w+['\"]\])?"
SHARED = re.compile(rf"(?m)^[ \t]*{PLACE} = {PLACE} = (?![\d.])|\] \* \d|= \(?(\w+), \1(?![\w.(\[])")
CHANGED = re.compile(r"\s*(\w+)(?:\[.*\] ?[-+*/]?| [-+*/])=[^=]")
LONGEST = 100_000  # characters, written out again
NOT_DONE = ("missing", "unmoved", "left", "never", "nothing", "not-")  # of mistakes that leave a name as it was
SECONDS = 0.5  # for one pattern of an author's, which may take the square of a text's length, or worse


class Text:
    """The cell of an answer, ready to be asked: without comments and docstrings."""

    def __init__(self, tree: ast.Module, handed: Collection[str] = ()):
        self._tree, self._handed = _WithoutPrints().visit(copy.deepcopy(tree)), handed

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

    def speaks_of(self, at: str) -> bool:
        """Say whether one of several places that a sentence names is there; a single name may be the lesson's own."""
        if re.search(r"\bloop\b", at) and not self.has(LOOP):
            return False
        names = re.findall(r"(?<!what )`(\w+)`", at)
        return len(names) < 2 or bool(self.names.intersection(names)) or self.has(rf"\b({'|'.join(names)})\b")

    def bears(self, kind: str, what: str, at: str = "") -> bool:
        """Say whether a sentence on a mistake of this kind `at` a place, about `what`, speaks of what is there."""
        plain = kind.removeprefix("value-").removeprefix("part-")
        if not self.has(NEEDED.get(plain, "")):
            return False
        if kind in WITH_A_NUMBER and (said := re.match(r"-?[\d.e-]+", what)):
            return self._has_number(float(said[0]), kind)
        if kind in ("slope-elsewhere", "slope-with-another") and (said := re.search(r"`([^`]*)`", what)):
            return self._has_name(said[1]) and self.has(SLOPE_AT.format(re.escape(said[1].split("[")[0])))
        if kind in WITH_A_NAME and (said := re.search(r"taken at `(.*)`|`([^`]*)`", what)):
            name = said[1] or said[2]
            if kind == "another-name" and at == "the loop":
                return self.has(rf"(?m)\b(for|while)\b.*\b{re.escape(name.split('[')[0])}\b.*:$")
            if kind in CALLED_THERE and (name in OTHER_WAYS or name.isidentifier()):
                return self._has_name(name) and self._comes_from(at, name)
            return self._has_name(name) and (kind not in READ_THERE or self._reads(at, name))
        if kind == "nothing-done" and (name := re.fullmatch(r"`(\w+)`", at)):
            return not self.has(rf"(?m)^[ \t]*{name[1]}\[(?!:\]|\.\.\.\]).*?\] [-+*/]?= ")
        if kind == "leaves-the-loop":
            return leaves_a_loop(self._tree) or self.has(r"\[0\]|next\(")
        if kind == "one-array-for-both":
            return shares_an_array(self.code)
        if kind == "copy-missing":
            return bool(COPIED.search(self.code)) or "append(" in self.code
        if kind == "stored-twice":  # rather one array under two names
            return self._has_name(what.strip("`")) and not changes_an_alias(self.code)
        if kind == "factor-missing" and (number := re.fullmatch(r"`(\d+)`", what)):
            factor = rf"(?<!\*\* )\b{number[1]}(\.0)? \* |(?<!\*) \* {number[1]}(\.0)?\b"
            return not self.has(factor)  # it is there
        if kind == "number-scaled":
            return all(self.has(pattern) for words, pattern in SCALED.items() if words in what)
        if kind == "another-comparison" and (said := re.match(r"`(\S+)`", what)):
            return self._compares(said[1])
        if kind in ("another-activation", "another-slope", "another-draw"):
            known = max((words for words in SAID if what.startswith(words)), key=len, default="")
            return self.has(SAID.get(known, ""))
        return True

    def _has_number(self, number: float, kind: str) -> bool:
        near = {number, abs(number), 1 / abs(number) if number else 0.0}
        if kind == "step-already-taken" and number == 1:
            return True
        return any(abs(one - other) <= 1e-9 * max(1.0, other) for one in self.numbers for other in near)

    def _has_name(self, said: str) -> bool:
        name = re.match(r"[^\W\d]\w*", said)
        if not name or name[0] in self.names:
            return True
        return name[0] in OTHER_WAYS and self.has(OTHER_WAYS[name[0]])

    def _reads(self, at: str, said: str) -> bool:
        """Say whether lines that bind the names in `at` read another name, where there are such lines."""
        name = re.match(r"[^\W\d]\w*", said)
        if not name or not re.fullmatch(r"(`\w+`( and |, )?)+", at):
            return True
        bound = "|".join(re.findall(r"\w+", at.replace(" and ", " ")))
        values = re.findall(rf"(?m)^[ \t]*(?:self\.)?(?:{bound})(?:\[.*?\])? [-+*/@]?= (.*)$", self.code)
        return not values or any(re.search(rf"\b{name[0]}\b", value) for value in values)

    def _comes_from(self, at: str, function: str) -> bool:
        """Say whether lines from which the name in `at` gets its value call a function, where there are such lines."""
        name = re.fullmatch(r"`(\w+)`", at)
        if not name:
            return True
        lines = re.findall(r"(?m)^[ \t]*(?:self\.)?(\w+)(?:\[.*?\])? [-+*/@&|]?= (.*)$", self.code)
        names, values = {name[1]}, set[str]()
        while more := {value for bound, value in lines if bound in names} - values:
            values |= more
            names |= set(re.findall(r"[^\W\d]\w*", " ".join(more)))
        called = rf"\b{function}\b|{OTHER_WAYS.get(function, '(?!)')}"
        return not values or any(re.search(called, value) for value in values)

    def is_given(self, kind: str, at: str) -> bool:
        """Say whether nothing but handed-out lines bind the names in `at`, where a mistake would have to be made."""
        if not self._handed or any(word in kind for word in NOT_DONE):
            return False
        names = set(re.findall(r"`(\w+)`", at))
        handed, own = self._bound
        return not names.isdisjoint(handed) and names.isdisjoint(own)

    @cached_property
    def _bound(self) -> tuple[set[str], set[str]]:
        """The names that handed-out statements bind, and those that others do."""
        handed, own = set[str](), set[str]()
        for statement in self._statements:
            for part in ast.walk(statement):
                if isinstance(part, ast.stmt) and (targets := binds(part)[0]):
                    names = {base(name) for target in targets for name in bound_by(target)}
                    (handed if is_handed_out(part, self._handed) else own).update(names)
        return handed, own

    def lacks(self, at: str) -> bool:
        """Say whether a name that a sentence is about, other than the exercise's function, stands nowhere here."""
        names = re.findall(r"(?<!what )`(\w+)`", at)
        return not all(self.has(rf"\b{name}\b") for name in names)

    def only(self, functions: Collection[str]) -> Text:
        """Return the text of these functions and classes alone, without helpers; all of it where they are not there."""
        body = [node for node in self._tree.body if getattr(node, "name", "") in functions]
        return Text(ast.Module(body, []), self._handed) if body else self

    def _compares(self, sign: str) -> bool:
        mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)
        written = set(re.findall(r"[<>!=]=|<|>", self.code))
        return bool({sign, mirrored} & written) or self.has(
            r"\bnot\b|~|logical|round|\bint\b|astype|greater|less|equal"
        )


def changes_an_alias(code: str) -> bool:
    """Say whether an array gets a second name, by which it is changed later.

    It is read line by line: one pattern for both lines would try each of the first with all that follow.
    """
    aliases: set[str] = set()
    for line in code.splitlines():
        if alias := ALIAS.fullmatch(line):
            aliases.add(alias[1])
        elif (changed := CHANGED.match(line)) and changed[1] in aliases:
            return True
    return False


def leaves_a_loop(tree: ast.AST) -> bool:
    """Say whether a `return` or `break` stands inside a loop."""
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.AsyncFor | ast.While)]
    return any(isinstance(inner, ast.Return | ast.Break) for loop in loops for inner in ast.walk(loop))


def shares_an_array(code: str) -> bool:
    """Say whether two names, or two entries, are made of one object: `a = b = np.zeros(3)`, or `a = b` after that."""
    return bool(SHARED.search(code)) or not set(ALIAS_OF.findall(code)).isdisjoint(BOUND.findall(code))


def text_of(attempt: Attempt, handed: Collection[str] = ()) -> Text | None:
    """Return the text of an answer, None where it is not known, too long, or nested too deeply to be written out.

    `handed` are the codes of the statements in it that were handed out.
    """
    try:
        text = _text(attempt.text(), tuple(handed)) if attempt.text else None
        return text if text and 0 < len(text.code) <= LONGEST else None
    except BROKEN:
        return None


@lru_cache(maxsize=16)  # the same attempt is asked for it many times
def _text(tree: ast.Module, handed: tuple[str, ...]) -> Text:
    return Text(tree, handed)


def code_of(attempt: Attempt) -> Callable[[], str]:
    """Return what gives the text of an answer, "" where it is not known: read once, and only if it is asked for."""
    return cache(lambda: text.code if (text := text_of(attempt)) else "")


def functions_asked_for(check: Check, attempt: Attempt) -> list[ast.FunctionDef]:
    """Return the functions and methods of an exercise in the text of an answer; none where it is not known."""
    if attempt.text is None or not code_of(attempt)():
        return []
    nodes = (node for node in ast.walk(attempt.text()) if isinstance(node, ast.FunctionDef))
    return [node for node in nodes if asks_for(check.exercise, node.name)]


def set_as_a_whole(line: ast.stmt) -> set[str]:
    """Return the names that a statement gives a new value, which is not made of the old one."""
    assigned = (node for node in ast.walk(line) if isinstance(node, ast.Assign))
    return {target.id for node in assigned for target in node.targets
            if isinstance(target, ast.Name) and target.id not in read_in(node.value)}  # fmt: skip


def read_in(value: ast.AST) -> set[str]:
    """Return the names that stand in an expression."""
    return {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}


def may_be(only_if: str, text: Callable[[], str]) -> bool:
    """Say whether a mistake that an author wrote may be named, by the pattern that the answer's text has to hold."""
    return not only_if or not text() or _found(only_if, text())


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


class _WithoutPrints(ast.NodeTransformer):
    """Leaves out what only shows something outside of functions: numbers are rounded there for good reasons."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return node  # an exercise may ask for what a function prints

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        match node.value:
            case ast.Call(ast.Name("print")):
                return ast.copy_location(ast.Pass(), node)
        return node


def _collect(body: list[ast.stmt], found: list[ast.stmt]) -> None:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [ast.Expr(default) for default in statement.args.defaults]
            _collect(statement.body, found)
        elif isinstance(statement, ast.ClassDef):
            _collect(statement.body, found)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            found.append(statement)
