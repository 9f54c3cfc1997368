"""What the text of a cell defines, told without running it, and for text that is not even Python."""

from __future__ import annotations

import re

from backprop.answers.unparsed import MOST_OF_A_CELL, is_python


def normal(source: str) -> str:
    """Return a text by which cells are compared: spaces and empty lines do not count."""
    return " ".join(source.split())


def functions(source: str) -> set[str]:
    """Return the functions and classes that a text defines on its own level."""
    return set(re.findall(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", source, re.MULTILINE))


def assigned(source: str) -> set[str]:
    """Return the names that a text gives a value on its own level."""
    return set(re.findall(r"^([^\W\d]\w*)[ \t]*(?::[^=\n]*)?=(?!=)", source, re.MULTILINE))


def names(source: str) -> set[str]:
    """Return all names that a text defines on its own level."""
    return functions(source) | assigned(source)


def words(source: str) -> set[str]:
    """Return everything in a text that could be a name."""
    return set(re.findall(r"\b[^\W\d]\w*", source))


def parses(source: str) -> bool:
    """Tell whether a text is Python; lines of shell and magic commands count as such."""
    return len(source) <= MOST_OF_A_CELL and is_python(source)
