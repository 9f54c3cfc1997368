"""The generated mistakes that a table holds: their names, their words, and on each check their fingerprints."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

# Kinds whose sentence says what is wrong; where, it says only if that is one name.
IN_ONE_PLACE = ("another-name", "another-number", "another-function", "another-of-ours", "extra-factor",
                "extra-divisor", "extra-term", "number-scaled", "data-of-the-notebook")  # fmt: skip
MOST_PLACES = 3  # that are said; of more, none is
Says = Callable[[str], bool]
ANYWHERE = "Which formula of the lesson should this be? Compare yours with it, symbol by symbol."


@dataclass(frozen=True)
class Generated:
    """Those of one check; `rows` are [number of a mistake, perhaps a second one, parts]."""

    rows: list[list]
    names: list[list]
    texts: list[str]
    kinds: Mapping[str, list[str]]
    written: Mapping[str, Mapping]  # the words of the written ones, by id: hint, ask, perhaps only_if
    second: list  # of each row one number on the second input, None where it gives what is right
    raises: list[list]  # [kind of an exception, its message, numbers of the mistakes that end in it]

    def kind(self, number: int) -> str:
        """Return the kind of a mistake; of a written one its name."""
        return self.names[number][0]

    def id(self, number: int) -> str:
        """Return the name of a mistake, which stays while the solution stays."""
        return identity(*self._said(number)) if len(self.names[number]) > 1 else self.names[number][0]

    @cached_property
    def said(self) -> dict[str, tuple[str, str, str]]:
        """The kind of each mistake that no one wrote down, where it is made, and what it is about."""
        return {self.id(n): self._said(n) for n, name in enumerate(self.names) if len(name) > 1}

    @property
    def ids(self) -> set[str]:
        """The names of all that give something wrong on this check."""
        return {" + ".join(map(self.id, numbers)) for *numbers, _ in self.rows}

    def words(self, id: str, lacks: Says = lambda at: False, right: Says = lambda at: False) -> tuple[str, str]:
        """Return the hint and the question of a mistake; `lacks` says of which names an answer has none, and `right`
        under which it has what is right."""
        for number, name in enumerate(self.names):
            if self.id(number) == id:
                if len(name) == 1:
                    return self.written[id]["hint"], self.written[id]["ask"]
                kind, at, what = self._said(number)
                if others := [self.texts[place] for place in name[3:]]:  # where it would give the same
                    places = [place for place in (at, *others) if not (lacks(place) or right(place))]
                    at = " or ".join(places) if 0 < len(places) <= MOST_PLACES else "one place"
                elif self._is_somewhere(kind, at, lacks):
                    at = "one place"
                if kind == "another-order" and lacks(what):
                    what = "one of them"
                hint, ask = (sentence.format(at=at, what=what) for sentence in self.kinds[kind])
                if at == "one place":
                    hint = hint.replace(f"one part of {at}", "one part")
                    ask = ANYWHERE if at in ask else ask
                return capital(hint), capital(ask)
        raise KeyError(id)

    def _is_somewhere(self, kind: str, at: str, lacks: Says) -> bool:
        """Whether the names in `at` say nothing: the solution binds them in one line, or the answer has its own."""
        several = kind in IN_ONE_PLACE and " and " in at
        return several or (self.kinds[kind][0].startswith("In ") and lacks(at))

    def _said(self, number: int) -> tuple[str, str, str]:
        kind, at, what, *_ = self.names[number]
        return kind, self.texts[at], self.texts[what]

    def about(self, number: int) -> tuple[str, str]:
        """Return where a mistake is made, and what it is about."""
        _, at, what = self._said(number)
        return at, what


def identity(kind: str, at: str, what: str) -> str:
    """Return the name of a generated mistake: its kind, where it is made, and what it is about."""
    return ".".join(filter(None, (re.sub(r"[^\w<>=]+", "-", part).strip("-") for part in (kind, at, what))))


def capital(sentence: str) -> str:
    """Return a sentence with a capital letter, unless it begins with code."""
    return sentence[:1].upper() + sentence[1:]


def of_table(stored: dict) -> dict[str, Generated]:
    """Return the generated mistakes of each check of a stored table."""
    held = stored.get("generated") or {}
    return {
        key: Generated(
            held["checks"].get(key, []),
            written=stored["misconceptions"],
            names=held["names"],
            texts=held["texts"],
            kinds=held["kinds"],
            second=held.get("second", {}).get(key, []),
            raises=held.get("raises", {}).get(key, []),
        )
        for key in stored["checks"]
        if key in held.get("checks", {}) or key in held.get("raises", {})
    }
