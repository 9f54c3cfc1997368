"""One sandbox with a fork server in it, and the processes that are forked off there, one a student.

with ForkServer(limits) as forkserver, forkserver.student_process(folder) as process:
    ran = process.run("def square(x): return x * x")
    process.call("square", (3,))  # 9
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
import weakref
from pathlib import Path
from typing import IO

from ..errors import ExaminerError, ForkServerEnded, StudentProcessEnded
from ..regular_files import opened
from ..sandbox import launch, seccomp
from ..sandbox.bubblewrap import ROOT
from ..sandbox.environment import DATA, environment, files_beside, font_lists
from .channel import Channel
from .limits import Limits
from .student_process import StudentProcess

WARM_MODULE = "examiner.guest.forkserver"
START_SECONDS = 60
ENTRIES = 2000  # files that are copied of a submission
UNSAFE = "Student code runs WITHOUT a sandbox: it can read and change whatever you can."


class ForkServer:
    """A sandbox that makes student processes; a context manager, at whose end every process in it is ended.

    Raises `ExaminerError` with the command that helps where there can be no sandbox. With `unsafe` there is none, and
    a warning says so each time; in a container, root can have students' code run as another `user` then. It belongs to
    the process and the thread that first asked for a student's process.
    """

    def __init__(self, limits: Limits | None = None, unsafe: bool = False, user: int = 0):
        self.limits, self.sandboxed, self.user = limits or Limits(), not unsafe, user if unsafe else 0
        self._process: subprocess.Popen | None = None  # with it come the next three
        self._control: socket.socket
        self._said: IO[bytes]
        self._scratch: tempfile.TemporaryDirectory
        self._owner = 0
        self._made: weakref.WeakSet[StudentProcess] = weakref.WeakSet()
        if unsafe and not user:
            warnings.warn(UNSAFE, stacklevel=2)
        elif not unsafe and (lack := launch.missing()):
            raise ExaminerError(lack)

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End the fork server, and with it everything in the sandbox."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            for student_process in list(self._made):
                student_process.close()
            process.kill()
            process.wait()
            self._scratch.cleanup()
        self._control.close()
        self._said.close()

    def student_process(self, folder: Path, pictures: int = 0) -> StudentProcess:
        """Return a new student's process, whose working directory is a copy of `folder`.

        It finds the first `pictures` of MNIST's to train with; 0 for all. Raises `StudentProcessEnded` where the folder
        holds more than a student's process may have in files.
        """
        files = files_of(Path(folder), self.limits.files)
        name = re.sub(r"[^\w.-]", "_", Path(folder).name).lstrip(".") or "notebook"
        with contextlib.suppress(ForkServerEnded, OSError):
            return self._student_process(files, name, pictures)
        self.close()  # the fork server has ended; another one may be luckier
        return self._student_process(files, name, pictures)

    def _student_process(self, files: dict[str, bytes], name: str, pictures: int) -> StudentProcess:
        self._start()
        student_process = StudentProcess(self._fork(), self.limits, self.sandboxed)
        self._made.add(student_process)
        student_process.start(files, name, pictures)
        return student_process

    def _fork(self) -> Channel:
        wire, inner_wire = socket.socketpair()
        watchdog, inner_watchdog = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inner_wire, inner_watchdog:
            socket.send_fds(self._control, [self._order], [inner_wire.fileno(), inner_watchdog.fileno()])
        return Channel(wire, watchdog)

    # ------------------------------------------------------------------------------------------------ the fork server
    def _start(self) -> None:
        """Start the fork server, unless it runs."""
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return
        self.close()
        self._owner = os.getpid()
        self._control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  as long as the process
        self._scratch = tempfile.TemporaryDirectory(prefix="box-")
        try:
            with inner:
                self._process, user = self._launch(inner)
            self._await_ready()
        except BaseException:
            self.close()
            raise
        limits = self.limits
        self._order = json.dumps(
            {
                "memory": limits.memory,
                "tasks": limits.processes + numerics(),
                "files": limits.files,
                "file_count": limits.file_count,
                "user": user,
                "closed": self.sandboxed,
                "system_calls": seccomp.encoded() if self.sandboxed else "",
            }
        ).encode()

    def _launch(self, control: socket.socket) -> tuple[subprocess.Popen, int]:
        module = [WARM_MODULE, str(control.fileno())]
        if self.sandboxed:
            return launch.start(module, control, self._said, *files_beside())
        scratch = self._scratch.name
        for path in font_lists():
            shutil.copy(path, scratch)
        settings = {**environment(scratch), "PYTHONPATH": str(ROOT)}
        if self.user:
            settings |= self._move_in(Path(scratch))
        python = [sys.executable, "-s", "-m", *module]
        return launch.launch(python, control, self._said, settings, user=self.user), 0

    def _move_in(self, scratch: Path) -> dict[str, str]:
        """Give a folder to the other user, with the data in it that a sandbox would show; return where it is."""
        visible, settings = files_beside()
        if "BACKPROP_CACHE" in settings:
            for place, path in visible.items():
                if place.startswith(DATA):
                    shutil.copy(path, scratch)
            settings = {"BACKPROP_CACHE": str(scratch)}
        for path in (scratch, *scratch.iterdir()):
            os.chown(path, self.user, self.user)
        return settings

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self._control], [], [], min(left, 0.2))[0]:
                if self._control.recv(16) == b"ready":
                    return
                break
            if self._process is not None and self._process.poll() is not None:
                break
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        raise ExaminerError(launch.refusal(said) if self.sandboxed else f"The student's process does not start: {said}")


_shared: dict[tuple[Limits, bool, int], ForkServer] = {}


def shared_forkserver(limits: Limits, unsafe: bool = False, user: int = 0) -> ForkServer:
    """Return this process's fork server for these limits, made when first asked for: starting one takes seconds."""
    key = (limits, unsafe, user)
    if key not in _shared:
        close_shared()  # of other limits: a course has one set of them
        _shared[key] = ForkServer(limits, unsafe, user)
    return _shared[key]


@atexit.register
def close_shared() -> None:
    """End the shared fork server, if there is one."""
    while _shared:
        _shared.popitem()[1].close()


def numerics() -> int:
    """Return how many threads the numerics may start by themselves: TensorFlow starts some for each processor."""
    return 16 + 4 * (os.cpu_count() or 1)


def files_of(folder: Path, most: int) -> dict[str, bytes]:
    """Return the files in `folder` and the folders in it, by their paths; links and the like are left out.

    Raises `StudentProcessEnded` where there are too many or they are too large.
    """
    found: dict[str, bytes] = {}
    size = 0
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in sorted(folders) if not os.path.islink(os.path.join(place, name))]
        for name in sorted(names):
            path = os.path.join(place, name)
            with contextlib.suppress(OSError), opened(path) as (file, status):
                size += status.st_size
                if size > most or len(found) >= ENTRIES:
                    raise StudentProcessEnded(
                        "files", f"Its files have more than {most // 2**20} MB, so it was not run."
                    )
                found[os.path.relpath(path, folder)] = file.read(status.st_size)
    return found
