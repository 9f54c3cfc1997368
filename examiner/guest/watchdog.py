"""Watch over one student's process from outside its namespaces, where no student code runs, and end it when it must
end.

The kernel's own limits hold for each process; here is the limit on their sum. The watchdog ends the student's process
too when the examiner asks for it, or is no longer there.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
from collections.abc import Callable

from .isolation import ProcessLimits
from .protocol import FAILED, FULL, INTERRUPT, OTHERS, WAITED

TICK = 0.02  # seconds between two looks
SOCKET_BYTES = 2 * 212_992  # what the kernel may hold for one socket, in buffers that no process is charged for
SLACK = 8  # tasks, of our own and of such as are about to end
OWN = 2  # processes that every student's process has: the first one, and the student's
MOST_UNSEEN = 100
HEADROOM = 1 / 16  # of the memory; with less to spare, whatever comes next fails
FAR_TOO_MUCH = 4  # times the memory: then there is no time to find out who shares what


class Watchdog:
    """Holds the first process of a student's PID namespace: when that one dies, all others in it do."""

    def __init__(self, first: int, line: socket.socket, room: ProcessLimits):
        self.first, self.line, self.room = first, line, room
        self.processes = f"/proc/{first}/root/proc"  # shows that namespace, and nothing else
        self.student = "2"
        self.why = ""
        self.unseen = 0  # looks in a row that showed nothing
        self.inherited = _held(_read("/proc/self/status"))  # what every fork of the fork server has, and shares with it

    def keep(self, tidy: Callable[[], None]) -> None:
        """Watch until the student's process has ended, `tidy` up after it, and report on the line how it ended."""
        gone = os.pidfd_open(self.first)
        watched: list[socket.socket | int] = [self.line, gone]
        while True:
            ready, _, _ = select.select(watched, [], [], TICK)
            if gone in ready:
                break
            if self.line in ready:
                self._obey(self.line.recv(64))
            elif too_much := self._too_much():
                self.end(too_much)
        self.kill()
        _, status = os.waitpid(self.first, 0)
        tidy()
        self._tell({"ended": self.why, "exit": os.waitstatus_to_exitcode(status)})

    def end(self, why: str) -> None:
        self.why = self.why or why
        self.kill()

    def kill(self) -> None:
        """Kill everything: with the first process of a PID namespace, all of it goes."""
        os.kill(self.first, signal.SIGKILL)

    def _obey(self, order: bytes) -> None:
        if order == INTERRUPT:
            os.kill(self.first, signal.SIGUSR1)
        elif order == WAITED:
            self._tell({"waited": self._waited()})
        elif order == OTHERS:
            self._tell({"others": len(self.inside()) > OWN})
        elif order == FULL:
            self._tell({"full": self._full()})
        else:  # "end", or nothing: the examiner has closed its side, or died
            self.end("end")

    def _tell(self, report: dict) -> None:
        with contextlib.suppress(OSError):  # nobody listens any more
            self.line.send(json.dumps(report).encode())

    def _waited(self) -> float:
        """Return for how many seconds the student's process was ready to run, and the machine was not."""
        try:
            return int(_read(f"{self.processes}/{self.student}/schedstat").split()[1]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0

    # ---------------------------------------------------------------------------------------------------- the sum of it
    def inside(self) -> list[str]:
        """Return the numbers of the student's processes, as `self.processes` has them."""
        try:
            found = [name for name in os.listdir(self.processes) if name.isdigit()]
        except OSError:  # it is about to end, or else cannot be watched, and then must end
            self.unseen += 1
            return []
        self.unseen = 0
        return found

    def _too_much(self) -> str:
        """Return what there is too much of, "memory" or "processes", or "" while all is well."""
        inside = self.inside()
        if self.unseen > MOST_UNSEEN:
            return f"{FAILED}: it cannot be watched"
        memory = self.sockets() * SOCKET_BYTES
        tasks = 0
        for number in inside:
            status = _read(f"{self.processes}/{number}/status")
            memory += _held(status)
            tasks += _field(status, "Threads:")
        if tasks > self.room.tasks + SLACK:
            return "processes"
        most = (1 + HEADROOM) * self.room.memory  # one process alone meets its own limit first, and a `MemoryError`
        if memory <= most:
            return ""
        far = memory - len(inside) * self.inherited > FAR_TOO_MUCH * self.room.memory
        return "memory" if far or self._shared_once(inside) > most else ""

    def _full(self) -> bool:
        """Say whether all that may be held is about held, or one process has about reserved all that it may."""
        inside, most = self.inside(), (1 - HEADROOM) * self.room.memory
        each = [_read(f"{self.processes}/{number}/status") for number in inside]
        if any(1024 * _field(status, "VmData:") > most for status in each):
            return True
        held = self.sockets() * SOCKET_BYTES + sum(map(_held, each))
        return held > most and self._shared_once(inside) > most  # which takes the kernel long to count

    def _shared_once(self, inside: list[str]) -> int:
        """Return the memory of all processes, where what several share since a fork counts once."""
        total = self.sockets() * SOCKET_BYTES
        for number in inside:
            rollup = _read(f"{self.processes}/{number}/smaps_rollup")
            total += 1024 * (_field(rollup, "Pss_Anon:") + _field(rollup, "Pss_Shmem:"))
        return total

    def sockets(self) -> int:
        """Return how many sockets are open in the student's network namespace."""
        return _field(_read(f"/proc/{self.first}/net/sockstat"), "sockets: used")


class UnsafeWatchdog(Watchdog):
    """Keeps a student process that has no sandbox, as well as that can be done: what hides from its parent escapes."""

    def __init__(self, first: int, line: socket.socket, room: ProcessLimits):
        super().__init__(first, line, room)
        self.processes = "/proc"

    def inside(self) -> list[str]:
        """Return the first process and all that descend from it; it adopts orphans."""
        found: list[str] = []
        parents: dict[int, list[str]] = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                parents.setdefault(_field(_read(f"/proc/{name}/status"), "PPid:"), []).append(name)
        todo = [str(self.first)]
        while todo:
            found.append(todo.pop())
            todo += parents.get(int(found[-1]), [])
        self.student = min(parents.get(self.first, [""]), key=len)
        return found

    def kill(self) -> None:
        for number in reversed(self.inside()):
            with contextlib.suppress(OSError):
                os.kill(int(number), signal.SIGKILL)

    def sockets(self) -> int:
        return 0


def _read(path: str) -> str:
    """Return the text of a file of /proc, "" where its process has ended a moment ago."""
    try:
        with open(path, newline="\n", errors="replace") as file:  # a name may hold whatever else ends a line
            return file.read()
    except OSError:
        return ""


def _held(status: str) -> int:
    """Return the bytes of memory that a process holds, by its `status`, which counts what it shares as well."""
    return 1024 * sum(_field(status, name) for name in ("RssAnon:", "RssShmem:", "VmPTE:"))


def _field(text: str, name: str) -> int:
    """Return the number after `name` where that begins a line, or 0.

    Only there: a process chooses its own name, which stands in a line as well.
    """
    for line in text.split("\n"):
        if line.startswith(name):
            word = line[len(name) :].split(None, 1)[0]
            return int(word) if word.isdigit() else 0
    return 0
