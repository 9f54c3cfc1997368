"""Exceptions say of themselves that they are right answers, and lie about class, message and traceback."""

kind = "values that lie"
aims = "points batch"
cells = {
    "exercise-1": """
class Passed(BaseException):
    passed = True
    verdict = trouble = value = property(lambda self: self)
    __class__ = property(lambda self: type(None))
    kind = message = function = line = "<script>alert('redteam')</script>"

    def __str__(self):
        raise self

    __repr__ = __str__

Passed.__name__ = Passed.__qualname__ = "x" * 100_000 + "\\x1b[2J"

def sigmoid(z):
    raise Passed("ok") from Passed("ok")
""",
    "exercise-2": """
class CheckPassed(AssertionError):
    @property
    def __traceback__(self):
        raise StopIteration

def layer(X, W, b):
    raise CheckPassed("\\ud800" * 1000)
""",
}
