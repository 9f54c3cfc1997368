"""A called function ends its process without a word."""

kind = "os._exit"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {"exercise-2": "import os\n\ndef layer(X, W, b):\n    os._exit(0)"}
