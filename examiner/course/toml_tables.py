"""Hold a TOML file against what may stand in it: each table and key by name, and the kind of value that it takes.

TOML takes any word, so a misspelt one would be passed over in silence, and with it what its author meant.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError


@dataclass(frozen=True)
class Key:
    """A key with a value."""

    said: str  # what it takes, as in "hint = a text that is not empty"
    kinds: tuple[type, ...]
    needed: bool = True
    may_be_empty: bool = True
    values: tuple[str, ...] = ()  # that it may have, where they are few

    def takes(self, value: object) -> bool:
        if isinstance(value, bool) and bool not in self.kinds:  # True is an int to Python, and a slip in a file
            return False
        if not isinstance(value, self.kinds) or (self.values and value not in self.values):
            return False
        return self.may_be_empty or not isinstance(value, str) or bool(value.strip())


@dataclass(frozen=True)
class Tables:
    """Tables of one name: [[name]]."""

    keys: Mapping[str, Key | Tables]
    named_by: str = ""  # the key whose value tells one of the tables from the others
    may_repeat: bool = False  # whether two of them may have the same value there


TEXT = Key("a string that is not empty", (str,), may_be_empty=False)
ANY_TEXT = Key("a text", (str,))
NUMBER = Key("a number", (int, float))
WHOLE_NUMBER = Key("a whole number", (int,))
YES_OR_NO = Key("true or false", (bool,))


def optional(key: Key) -> Key:
    """Return the key as one that may be left out."""
    return Key(key.said, key.kinds, needed=False, may_be_empty=key.may_be_empty, values=key.values)


def one_of(*values: str) -> Key:
    """Return a key that takes one of a few texts."""
    return Key(" or ".join(f'"{value}"' for value in values), (str,), values=values)


def read(path: Path, known: Mapping[str, Key | Tables]) -> dict:
    """Return what stands in the TOML file at `path`, where nothing may stand but what is `known`.

    Raises `ExaminerError` with the first thing to put right, and OSError where there is no such file.
    """
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise ExaminerError(f"{path}: {error}") from error
    _check(stored, known, f"{path}: ")
    return stored


def _check(stored: dict, known: Mapping[str, Key | Tables], where: str) -> None:
    for name in stored:
        if name not in known:
            raise ExaminerError(f"{where}{name!r} has no meaning here. {_instead(name, known)}")
    for name, what in known.items():
        if isinstance(what, Tables):
            _check_tables(stored.get(name, []), name, what, where)
        elif name not in stored:
            if what.needed:
                raise ExaminerError(f"{where}{name!r} is missing: write {name} = {what.said}.")
        elif not what.takes(stored[name]):
            raise ExaminerError(f"{where}{name} = {stored[name]!r}, but should be {what.said}.")


def _check_tables(entries: object, name: str, tables: Tables, where: str) -> None:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ExaminerError(f"{where}each {name} needs a table of its own: write [[{name}]], with its keys below.")
    for number, entry in enumerate(entries, start=1):
        called = entry.get(tables.named_by)
        said = called if called and isinstance(called, str) else f"number {number}"
        _check(entry, tables.keys, f"{where}[[{name}]] {said}: ")
    names = [entry[tables.named_by] for entry in entries if tables.named_by and not tables.may_repeat]
    for again in (value for at, value in enumerate(names) if value in names[:at]):
        raise ExaminerError(
            f"{where}two [[{name}]] have {tables.named_by} = {again!r}: rename one of them, or remove it."
        )


def _instead(name: str, known: Mapping[str, Key | Tables]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        written = f"[[{near[0]}]]" if isinstance(known[near[0]], Tables) else repr(near[0])
        return f"Do you mean {written}?"
    return f"Known: {', '.join(known)}."
