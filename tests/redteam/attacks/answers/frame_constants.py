"""A called function walks up the frames and returns what its caller expects."""

kind = "frame walking"
aims = "points read"
cells = {
    "exercise-2": """
import sys

def layer(X, W, b):
    frame = sys._getframe()
    while frame:
        for names in (frame.f_locals, frame.f_globals):
            if isinstance(names.get("expected"), np.ndarray):
                return names["expected"].copy()
        frame = frame.f_back
""",
    "exercise-1": """
import sys

def sigmoid(z):
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if getattr(value, "hidden", False) and hasattr(value, "want"):
                return value.want
        frame = frame.f_back
""",
}
