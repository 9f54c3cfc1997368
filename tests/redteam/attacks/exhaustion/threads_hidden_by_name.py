"""Processes call themselves like the line in which the kernel says how many threads they have, and then nonsense."""

kind = "thread bomb"
aims = "batch neighbour survive"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import ctypes, os, threading, time

def layer(X, W, b):
    libc = ctypes.CDLL(None)
    for name in (b"Threads: 0", b"\\rThreads: x", b"\\rRssAnon: x", b"\\xff\\rThreads:"):
        if os.fork() == 0:
            libc.prctl(15, name, 0, 0, 0)
            for _ in range(500):
                try:
                    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
                except RuntimeError:
                    break
            time.sleep(20)
    time.sleep(20)
""",
}
