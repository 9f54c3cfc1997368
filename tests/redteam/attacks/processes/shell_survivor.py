"""The shell starts a background command with `nohup` and `setsid`."""

kind = "atexit and daemon survivors"
aims = "survive"
base = "half"
on_nbgrader = False
cells = {"first": "!(setsid nohup sleep 30 >/dev/null 2>&1 &)\n!(nohup sleep 30 >/dev/null 2>&1 &)"}
