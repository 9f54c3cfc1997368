"""Every open file is closed, the line to the examiner too, and the process goes on."""

kind = "deadlock by silence"
aims = "batch neighbour survive"
on_nbgrader = False
base = "half"
cells = {"exercise-2": "import os, time\n\ndef layer(X, W, b):\n    os.closerange(0, 4096)\n    time.sleep(30)"}
