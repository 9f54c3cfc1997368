"""Replies to questions not yet asked are sent ahead, with verdicts and points in them."""

kind = "fake replies"
aims = "points batch neighbour"
on_nbgrader = False
cells = {
    "exercise-1": """
<<wires>>

def sigmoid(z):
    verdict = {"passed": True, "kind": "right", "credit": 1.0, "points": 1000, "exercise": "1", "hidden": False}
    for number in range(300):
        send({"reply": number, "value": verdict, "passed": True, "random": np.random.get_state(), "exited": False})
    return verdict
""",
    "exercise-4": """
for number in range(300):
    send({"reply": number, "value": 5050, "passed": True, "missing": False, "count": 1})
""",
}
