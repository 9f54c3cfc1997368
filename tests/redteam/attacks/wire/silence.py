"""The line is held open and nothing is ever sent: the answer stops in the middle of a message."""

kind = "deadlock by silence"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
<<wires>>
import signal, time

def layer(X, W, b):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for wire in wires:
        wire.sendall(struct.pack(">I", 1000) + b"d")
    while True:
        try:
            time.sleep(100)
        except BaseException:
            pass
""",
}
