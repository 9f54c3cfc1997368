"""Run inside an outer forkserver: listen on loopback, let a grader grade, and write down what arrived and who is left.

    python inside.py RUN     where RUN/plan.json says {"commands": [[…], …], "seconds": …, "cwd": …}

Writes RUN/result.json: {"ended": […exit codes…], "arrived": [[where, what], …], "left": [command lines]}.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PORT = 47_631
PATIENCE = 2.0  # seconds in which what is about to end may end


def main(run: Path) -> None:
    plan = json.loads((run / "plan.json").read_text())
    before = processes()
    arrived: list[list[str]] = []
    listen(run, arrived)
    ended = []
    for command in plan["commands"]:
        try:
            ended.append(subprocess.run(command, cwd=plan["cwd"], timeout=plan["seconds"], check=False).returncode)
        except subprocess.TimeoutExpired:
            ended.append("time")
    end = time.monotonic() + PATIENCE
    while (left := processes().keys() - before.keys()) and time.monotonic() < end:
        time.sleep(0.05)
    names = [name for pid, name in processes().items() if pid in left]
    (run / "result.json").write_text(json.dumps({"ended": ended, "arrived": arrived, "left": names}))


def processes() -> dict[int, str]:
    """Return the command lines of all other processes here that have not ended, by number."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                state = (folder / "stat").read_bytes().rpartition(b")")[2].split()[0]
                if state != b"Z":
                    found[int(folder.name)] = (
                        (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    )
    return found


def listen(run: Path, arrived: list) -> None:
    """Listen on TCP, UDP, a socket in the file system and an abstract one, in a thread, for as long as this runs."""
    places = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", PORT)),
        "tcp6": (socket.AF_INET6, socket.SOCK_STREAM, ("::1", PORT)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", PORT)),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM, str(run / "socket")),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, "\0redteam"),
    }
    waiting = selectors.DefaultSelector()
    for name, (family, kind, address) in places.items():
        listener = socket.socket(family, kind)
        try:
            listener.bind(address)
        except OSError:
            if name != "tcp6":  # a machine may do without
                raise
            continue
        if kind == socket.SOCK_STREAM:
            listener.listen()
        waiting.register(listener, selectors.EVENT_READ, name)

    def hear() -> None:
        while True:
            for key, _ in waiting.select():
                if key.fileobj.type == socket.SOCK_DGRAM:
                    arrived.append([key.data, key.fileobj.recv(4096).decode(errors="replace")])
                    continue
                connection, _ = key.fileobj.accept()
                connection.settimeout(1)
                with connection, contextlib.suppress(OSError):
                    arrived.append([key.data, ""])
                    arrived[-1][1] = connection.recv(4096).decode(errors="replace")

    threading.Thread(target=hear, daemon=True).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
