"""The exceptions that this package raises on purpose; every one ends in a sentence a student can act on."""


class BackpropError(Exception):
    """Base of every error that `backprop` raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows in place of a traceback: the sentence says it all."""
        return [f"{type(self).__name__}: {self}".removesuffix(": ")]


class CourseFileError(BackpropError):
    """A file of the course is missing, or cannot be read."""


class DataError(BackpropError):
    """A source of training data cannot be used; the message says why, in one sentence."""


class CheckFailed(BackpropError, AssertionError):
    """A value handed to `check` is not right; `verdict` says in which way.

    It is an `AssertionError` too, so that nbgrader, pytest and a plain `assert` reader treat it as a failed test.
    In a notebook `shown` stands where a traceback would: the explanation, or one line where that is above already.
    """

    def __init__(self, verdict, text: str, shown: str):
        super().__init__(text)
        self.verdict = verdict
        self._shown = shown

    def _render_traceback_(self) -> list[str]:  # IPython asks for this name
        return self._shown.splitlines()
