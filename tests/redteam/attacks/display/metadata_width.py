"""The width of a picture, in what describes an output, is followed by a script."""

kind = "metadata of outputs"
aims = "act"
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SHOW = f"""
from IPython.display import display

for mime in ("image/png", "image/jpeg"):
    said = {{"width": "1 onload=redteam()", "height": "1 onerror=redteam()"}}
    display({{mime: {PICTURE!r}}}, raw=True, metadata={{mime: said, "text/html": {{"isolated": True}}}})
    display({{mime: {PICTURE!r}}}, raw=True, metadata=said | {{"unconfined": True}})
"""
cells = {
    "first": SHOW,
    "exercise-1": "def sigmoid(z):\n" + SHOW.replace("\n", "\n    ") + "\n    return z",
}
