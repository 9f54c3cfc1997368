"""The process takes the highest priority it can get, real time too, and keeps every core busy."""

kind = "SIGSTOP of parents and siblings"
aims = "neighbour prove"
base = "half"
on_nbgrader = False
cells = {
    "first": """
import os

before = os.nice(0)
try:
    os.setpriority(os.PRIO_PROCESS, 0, -20)
except OSError:
    pass
try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99))
except OSError:
    pass
if os.nice(0) < before or os.sched_getscheduler(0) == os.SCHED_FIFO:
    print("<<proof>>")
""",
    "exercise-2": """
import os, time

def layer(X, W, b):
    for _ in range(20):
        if os.fork() == 0:
            end = time.monotonic() + 1
            while time.monotonic() < end:
                pass
            os._exit(0)
    return 0
""",
}
