"""A thread goes on answering after the answer, after the cell, and after the end."""

kind = "replies after the end"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>
import itertools, threading, time

def later():
    for number in itertools.cycle(range(200)):
        time.sleep(0.001)
        send({"reply": number, "value": 0, "random": None})

def layer(X, W, b):
    threading.Thread(target=later, daemon=True).start()
    return 0
""",
}
