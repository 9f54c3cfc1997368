"""Draw into the notebook where a cell asks for a window: there is none here, and that is no reason to stop the cell."""

from __future__ import annotations

from functools import wraps

FILES = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")  # back ends that need no window
PASSED_OVER = "There is no window here in which {!r} could draw: figures are drawn in the notebook."


def is_window(backend: object) -> bool:
    """Say whether a back end would open a window, or talk to a browser."""
    return isinstance(backend, str) and backend.lower() not in FILES and "inline" not in backend.lower()


def pass_over(backend: object) -> None:
    """Say in one line that a back end was passed over."""
    print(PASSED_OVER.format(backend))


def without_windows() -> None:
    """Have matplotlib stay with what it has where code asks for a window."""
    import matplotlib
    import matplotlib.pyplot as plt

    matplotlib.use = _unless_window(matplotlib.use)
    plt.switch_backend = _unless_window(plt.switch_backend)


def _unless_window(choose):
    @wraps(choose)
    def chosen(*arguments, **keywords):
        backend = arguments[0] if arguments else keywords.get("backend", keywords.get("newbackend"))
        return pass_over(backend) if is_window(backend) else choose(*arguments, **keywords)

    return chosen
