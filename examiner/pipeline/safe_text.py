"""Lay out code and a terminal's text at a cost that grows with their length, and with no more than that."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import wraps

from nbconvert.filters import ansi2html, strip_ansi

from ..submission import notes

MOST_CODES, MOST_NUMBERS = 1000, 5000  # of a terminal, in one text: nbconvert copies the rest of it for each


def terminal(text: str) -> str:
    """Return a terminal's text as HTML, in its colours where they are few and as they should be."""
    if text.count("\x1b") <= MOST_CODES and text.count(";") <= MOST_NUMBERS:
        try:
            return str(ansi2html(text))
        except (IndexError, ValueError, TypeError):  # a code that breaks off
            pass
    return html.escape(strip_ansi(text))


def leave_uncoloured(cell: dict) -> None:
    """Have every page show the code of a cell as text alone."""
    cell["metadata"][notes.KEY] = {"uncoloured": True}


def uncoloured_where_marked(coloured: Callable[..., str]) -> Callable[..., str]:
    """Return a filter for code that does as `coloured` does, but for cells that are to be left without."""

    @wraps(coloured, updated=())
    def shown(source: str, *args, metadata: dict | None = None, **more) -> str:
        if (metadata or {}).get(notes.KEY, {}).get("uncoloured"):
            return f'<div class="highlight"><pre><span></span>{html.escape(source)}\n</pre></div>'
        return coloured(source, *args, metadata=metadata, **more)

    return shown
