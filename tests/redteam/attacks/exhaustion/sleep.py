"""A called function sleeps for a day, and so does a cell."""

kind = "sleep"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {"exercise-2": "import time\n\ndef layer(X, W, b):\n    time.sleep(86_400)", "last": "time.sleep(86_400)"}
