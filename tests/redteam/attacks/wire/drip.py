"""After its time is over, a cell goes on to say a little now and then, so that waiting seems to be worth it."""

kind = "deadlock by silence"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "last": """
<<wires>>
import signal, threading, time

def drip():
    while True:
        send({"event": "stream", "name": "stdout", "text": "x"})
        time.sleep(0.2)

threading.Thread(target=drip, daemon=True).start()
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    time.sleep(1)
""",
}
