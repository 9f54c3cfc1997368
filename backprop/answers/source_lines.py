"""Let the lines of code that lies in no file be found, for the error that comes out of it."""

from __future__ import annotations

import linecache


def remember(name: str, code: str) -> None:
    """Show the lines of `code` in the tracebacks of what is compiled under `name`, as "<a name>"."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
