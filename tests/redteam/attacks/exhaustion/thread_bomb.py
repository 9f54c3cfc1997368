"""Threads are started, as many as there can be."""

kind = "thread bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {
    "exercise-2": """
import threading, time

def layer(X, W, b):
    for _ in range(20_000):
        try:
            threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        except RuntimeError:
            pass
    time.sleep(20)
""",
}
