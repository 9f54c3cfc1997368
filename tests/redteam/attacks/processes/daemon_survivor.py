"""A process detaches itself twice and goes on after grading, to reach the listener and the disk later."""

kind = "atexit and daemon survivors"
aims = "survive connection change"
base = "half"
on_nbgrader = False
cell = """
import os, signal, socket, time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        os.closerange(0, 1024)
        for _ in range(200):
            time.sleep(0.1)
            try:
                socket.create_connection(("127.0.0.1", <<port>>), 1).sendall(b"<<name>>")
            except OSError:
                pass
            try:
                open("<<course>>/<<name>>.txt", "w").write("here")
            except OSError:
                pass
    os._exit(0)
"""
