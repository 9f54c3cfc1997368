"""The examiner's questions are not read, while it is sent more and more."""

kind = "deadlock by silence"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>

def layer(X, W, b):
    while True:
        send({"event": "stream", "name": "stdout", "text": "x" * 1000})
""",
}
