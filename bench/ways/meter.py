"""What a command takes: seconds by the clock, processor seconds with all that it starts, memory of its first process.

Processor seconds come from a control group, which counts every process ever in it. Where none can be made, which takes
root, they are those of the processes that were waited for, and students' processes are not among them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GROUPS = (  # of version 2 and 1: the folder, its file, what begins the line of the time, and how many make a second
    (Path("/sys/fs/cgroup"), "cpu.stat", "usage_usec", 1e6),
    (Path("/sys/fs/cgroup/cpuacct"), "cpuacct.usage", "", 1e9),
)
LOOK = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True)
class Used:
    """What a command has taken."""

    seconds: float
    processor: float
    memory: int  # bytes that its first process held at the most
    said: str  # its standard output


def run(command: Sequence[str], cwd: Path, **environment: str) -> Used:
    """Run a command to its end; exits with what it said where it fails."""
    group = _Group.make()
    into = ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(group.members), *command] if group else [*command]
    everything = os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | environment  # "": compiled once, as for a user
    before, start = _waited_for(), time.perf_counter()
    with subprocess.Popen(
        into, cwd=cwd, env=everything, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        memory = _Memory(process.pid)
        said, errors = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1) or "Traceback" in errors:  # 1: some submission needs a look
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{errors[-2000:]}")
    processor = group.end() if group else _waited_for() - before
    return Used(seconds, processor, memory.end(), said)


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Group:
    """A control group of this bench's own."""

    def __init__(self, folder: Path, file: str, word: str, unit: float):
        self.folder, self.file, self.word, self.unit = folder, file, word, unit
        self.members = folder / "cgroup.procs"

    @classmethod
    def make(cls) -> _Group | None:
        for root, file, word, unit in GROUPS:
            folder = root / f"bench-{os.getpid()}"
            try:
                folder.mkdir(exist_ok=True)
            except OSError:
                continue
            if (folder / file).is_file():
                return cls(folder, file, word, unit)
            folder.rmdir()
        return None

    def end(self) -> float:
        """Return the seconds of all its processes, and remove it."""
        for line in (self.folder / self.file).read_text().splitlines():
            if line.startswith(self.word):
                seconds = int(line.split()[-1]) / self.unit
                break
        else:
            sys.exit(f"{self.folder / self.file} says nothing of {self.word}")
        while self.members.read_text().strip():  # what is left ends by itself
            time.sleep(LOOK)
        self.folder.rmdir()
        return seconds


class _Memory(threading.Thread):
    """Looks at a process until that ends, or this is told to."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.status, self.most, self.over = Path(f"/proc/{pid}/status"), 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(LOOK):
            try:
                lines = self.status.read_text().splitlines()
            except OSError:
                return
            held = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
            self.most = max([self.most, *held])

    def end(self) -> int:
        self.over.set()
        self.join()
        return self.most
