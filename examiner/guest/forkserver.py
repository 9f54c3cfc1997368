"""A process with everything loaded that a notebook needs, which forks a student's process whenever it is asked to.

It runs no student code and holds nothing that a student may not know: no file of the course but this package and
`backprop`, no environment of the instructor's, and no line to any student's process once that one is forked.
"""

from __future__ import annotations

import gc
import glob
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from . import linux
from .isolation import HOME, ProcessLimits, become_student, enclose, limit
from .protocol import FAILED
from .watchdog import UnsafeWatchdog, Watchdog

FONTS = "/box/fonts/*.json"
LARGEST_REQUEST = 1 << 16
MOST_FILES = 1 << 20  # that this process may ever have open


@dataclass(frozen=True)
class Lines:
    """The sockets that come with a request: one to the student's process, one to its watchdog."""

    wire: socket.socket
    watchdog: socket.socket


def main(control: socket.socket) -> None:
    """Serve requests until the examiner closes its side."""
    linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # watchdogs are nobody's to wait for
    os.umask(0o077)
    for path in glob.glob(FONTS):
        shutil.copy(path, os.environ["MPLCONFIGDIR"])  # else matplotlib looks for them all, for seconds
    from .server import serve
    from .shell import prepare

    shell = prepare()
    gc.collect()
    gc.freeze()  # what is here stays as it is, so that forks go on sharing its pages
    control.send(b"ready")
    while True:
        message, numbers, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 2)
        if not message:
            return
        lines = Lines(*(socket.socket(fileno=number) for number in numbers))
        if os.fork() == 0:
            control.close()
            _never_return(partial(_keep, _room(message), lines, partial(serve, shell=shell)))
        lines.wire.close()
        lines.watchdog.close()


def _room(message: bytes) -> ProcessLimits:
    asked = json.loads(message)
    return ProcessLimits(
        memory=asked["memory"],
        tasks=asked["tasks"],
        files=asked["files"],
        file_count=asked["file_count"],
        user=asked["user"],
        system_calls=b64decode(asked["system_calls"]),
        closed=asked["closed"],
    )


def _never_return(step: Callable[[], int]) -> None:
    """Do `step` and exit: a fork must not run what its parent would have done next."""
    code = 1
    try:
        code = step()
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def _keep(room: ProcessLimits, lines: Lines, serve: Callable[[socket.socket], None]) -> int:
    """Be the watchdog: start the student's first process, and watch over it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    home = HOME
    if room.closed:
        linux.unshare(linux.Namespace.PROCESS)
    else:
        home = tempfile.mkdtemp(prefix="candidate-")
    told, tell = os.pipe()
    first = os.fork()
    if first == 0:
        lines.watchdog.close()
        os.close(told)
        _never_return(partial(_first, room, home, lines.wire, tell, serve))
    lines.wire.close()
    os.close(tell)
    with os.fdopen(told, "rb") as file:
        trouble = file.read(2000).decode("utf-8", "replace")
    watchdog = (Watchdog if room.closed else UnsafeWatchdog)(first, lines.watchdog, room)
    if trouble:
        watchdog.end(f"{FAILED}: {trouble}")
    watchdog.keep(lambda: None if room.closed else shutil.rmtree(home, ignore_errors=True))
    return 0


def _first(room: ProcessLimits, home: str, wire: socket.socket, tell: int, serve) -> int:
    """Be the first process of the PID namespace: close it off, start the student's process, and bury the dead."""
    os.setsid()
    try:
        if room.closed:
            enclose(room)
            become_student(room.user)
    except OSError as error:
        os.write(tell, str(error).encode())
        return 1
    linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)  # now, for a change of user would have unset it
    linux.prctl(linux.Process.SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # which means for a first process: nobody inside can send it
    student = os.fork()
    if student == 0:
        os.close(tell)
        _never_return(partial(_student, room, home, wire, serve))
    wire.close()
    signal.signal(signal.SIGUSR1, lambda *_: os.kill(student, signal.SIGINT))
    linux.prctl(linux.Process.SET_DUMPABLE, 0)
    os.closerange(3, MOST_FILES)
    while True:
        ended, status = os.wait()
        if ended == student:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _student(room: ProcessLimits, home: str, wire: socket.socket, serve) -> int:
    """Be the process in which the student's code runs."""
    os.umask(0o022)
    os.environ.update(HOME=home, MPLCONFIGDIR=f"{home}/.config/matplotlib", IPYTHONDIR=f"{home}/.ipython")
    os.environ["XDG_CACHE_HOME"] = f"{home}/.cache"
    os.chdir(home)
    limit(room)
    if room.closed:
        linux.filter_system_calls(room.system_calls)
    serve(wire)
    return 0


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
