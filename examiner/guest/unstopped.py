"""Steps that no alarm and no interrupt may stop midway, such as taking a message off the line: they are put off.

Not by the signal mask: Python runs what arrived just before within the very call that sets it, and then it stays set.
"""

from __future__ import annotations

import threading


class Unstopped:
    """A context manager, which may be nested; only in the main thread do handlers of signals run."""

    def __init__(self):
        self._depth = 0
        self._error: type[BaseException] | None = None

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self._depth += 1

    def __exit__(self, *_) -> None:
        if threading.current_thread() is threading.main_thread():
            self._depth -= 1
            if not self._depth and self._error:
                error, self._error = self._error, None
                raise error

    def put_off(self, error: type[BaseException]) -> bool:
        """Say whether `error` has to wait; then it is raised at the end."""
        if self._depth:
            self._error = error
        return self._depth > 0


UNSTOPPED = Unstopped()
