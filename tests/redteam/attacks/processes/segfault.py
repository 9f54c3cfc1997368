"""A called function reads address 0."""

kind = "os._exit"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {"exercise-2": "import ctypes\n\ndef layer(X, W, b):\n    return ctypes.string_at(0)"}
