"""Events are made up: results with points, verdicts, credit, outputs that are cleared, errors that never were."""

kind = "fake replies"
aims = "points batch neighbour act"
on_nbgrader = False
cells = {
    "exercise-1": """
<<wires>>

def sigmoid(z):
    mimes = ("text/plain", "application/vnd.backprop.verdict+json", "application/vnd.backprop.credit+json")
    points = {"points": 10.0, "of": 10.0, "why": "known mistake", "sentence": "", "passed": True, "exercise": "1"}
    for name in ("result", "display", "execute_result"):
        send({"event": name, "data": dict(zip(mimes, ["10.0", points, points])), "metadata": {}, "count": 1})
    send({"event": "clear", "wait": True})
    send({"event": "clear", "wait": False})
    return z
""",
    "exercise-2": """
def layer(X, W, b):
    send({"event": "result", "data": {"text/plain": "25"}, "metadata": {}, "count": -1})
    send({"event": "display", "data": {"text/html": "<script>redteam()</script>"}, "metadata": {"x": [[[[{}]]]]}})
    send({"event": "stream", "name": "stdout", "text": "\\x1b[2J<script>redteam()</script>"})
    return X
""",
}
