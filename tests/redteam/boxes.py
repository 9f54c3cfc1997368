"""The outer boxes: whatever an attack does to a grader, it ends here.

nbgrader runs a submission as the user who grades, so it is attacked only in a bubblewrap of its own: own process,
network and IPC namespaces, a throw-away course, no file of this machine to write and few to read. The examiner has
walls of its own, which are what is tested; around it stand a process and a network namespace and a read-only file
system. Around both, a watch ends everything that takes too long, too much memory or disk, or too many processes.
"""

from __future__ import annotations

import itertools
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GiB = 2**30
USER, USER_ID = "redteam", 47_631  # who grades where root lets a plain user do so
LOOK, EVERY_SO_MANY = 0.1, 30  # seconds between two looks, and looks between two at the disk, which take longer


@dataclass(frozen=True)
class Outer:
    """What a whole run may take before it is ended."""

    seconds: float
    memory_left: float = 0.1  # part of the machine's memory, which stays free
    disk: int = 2 * GiB  # in the folder of the run
    processes: int = 1500  # and threads; a limit of 64 for each submission lies far below


def missing() -> str:
    """Return what this machine lacks for the boxes, in one sentence, or ""."""
    for tool, package in (("bwrap", "bubblewrap"), ("unshare", "util-linux")):
        if not shutil.which(tool):
            return f"{tool} is not installed. Run: apt-get install {package}"
    return ""


def chromium() -> str:
    """Return the path of the browser in which pages are read, or ""."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def nbgrader_box(run: Path, environment: dict[str, str]) -> list[str]:
    """Return the command line in front of a command that attacks nbgrader in the folder `run`."""
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        else:
            command += ["--ro-bind-try", name, name]
    for name in ("passwd", "group", "nsswitch.conf", "localtime", "ld.so.cache", "alternatives", "fonts", "chromium.d"):
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for folder in dict.fromkeys((sys.base_prefix, sys.prefix, str(ROOT / "backprop"), str(HERE))):
        if not folder.startswith("/usr"):
            command += ["--ro-bind", folder, folder]
    command += ["--bind", str(run), str(run), "--chdir", str(run)]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    return [*command, "--"]


def examiner_box(run: Path, environment: dict[str, str], as_plain_user: bool = False) -> list[str]:
    """Return the command line in front of a command that attacks the examiner in the folder `run`.

    bubblewrap cannot hold a second one with a /proc of its own; so the process namespace is made by `unshare`.
    `as_plain_user` lets root grade as a user who is made for it, who is nobody outside of the box.
    """
    as_user = [] if os.getuid() == 0 else ["--user", "--map-current-user"]
    command = ["unshare", *as_user, "--pid", "--fork", "--kill-child", "--mount-proc"]
    command += ["bwrap", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent", "--clearenv"]
    command += ["--cap-add", "ALL"] if os.getuid() == 0 else []
    command += ["--ro-bind", "/", "/", "--bind", "/proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--tmpfs", "/dev/shm"]  # bubblewrap lets root alone write into its own
    command += ["--perms", "1777", "--tmpfs", "/tmp", "--perms", "0755", "--dir", str(run.parent)]
    command += ["--bind", str(run), str(run), "--chdir", str(run)]
    if str(ROOT).startswith("/tmp/"):
        command += ["--ro-bind", str(ROOT), str(ROOT)]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    return [*command, *(_plain_user(run, environment["HOME"]) if as_plain_user else ["--"])]


def _plain_user(run: Path, home: str) -> list[str]:
    """Return the rest of a box in which a plain user owns `run`, and can read the project and its Python."""
    users = run / "passwd"
    users.write_text(f"{Path('/etc/passwd').read_text()}{USER}:x:{USER_ID}:{USER_ID}::{home}:/bin/sh\n")
    for path in (run, *run.rglob("*")):
        os.lchown(path, USER_ID, USER_ID)
    command = ["--ro-bind", str(users), "/etc/passwd"]
    for needed in dict.fromkeys((ROOT, Path(sys.prefix), Path(sys.base_prefix))):
        closed = [folder for folder in needed.parents if not folder.stat().st_mode & 0o001]
        if closed and str(closed[-1]) not in command:  # the highest: what it holds is hidden, but for what is needed
            command += ["--perms", "0755", "--tmpfs", str(closed[-1])]
        if closed:
            between = [folder for folder in reversed(needed.parents) if closed[-1] in folder.parents]
            command += [word for folder in between for word in ("--perms", "0755", "--dir", str(folder))]
            command += ["--ro-bind", str(needed), str(needed)]
    command += ["--", "setpriv", f"--reuid={USER_ID}", f"--regid={USER_ID}", "--clear-groups"]
    return [*command, "--inh-caps=-all", "--bounding-set=-all", "--"]


def run(command: list[str], outer: Outer, log: Path) -> str:
    """Run `command` until it ends or breaks one of the outer limits; return "" or which one."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, preexec_fn=_limits
        )
        try:
            return _watch(process, outer, log.parent)
        finally:
            process.kill()  # with it goes the whole process namespace
            process.wait()


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * GiB, 4 * GiB))


def _watch(process: subprocess.Popen, outer: Outer, folder: Path) -> str:
    """Wait for `process`, and return "", or which limit it broke."""
    start = time.monotonic()
    for look in itertools.count(1):
        try:
            process.wait(timeout=LOOK)
            return ""
        except subprocess.TimeoutExpired:
            pass
        if time.monotonic() - start > outer.seconds:
            return f"it ran longer than {outer.seconds:g} seconds"
        if _memory("MemAvailable:") < outer.memory_left * _memory("MemTotal:"):
            return "it took too much memory"
        if _tasks(process.pid) > outer.processes:
            return "it started too many processes"
        if look % EVERY_SO_MANY == 0 and _size(folder) > outer.disk:
            return "it took too much disk"


def _memory(which: str) -> int:
    """Return a number of /proc/meminfo, in bytes."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(which))


def _size(folder: Path) -> int:
    """Return how much disk the folder takes, in bytes; files that come and go meanwhile are as they may be."""
    total = 0
    for place, folders, names in os.walk(folder):
        for name in folders + names:
            try:
                total += 512 * os.lstat(os.path.join(place, name)).st_blocks
            except OSError:
                continue
    return total


def _tasks(ancestor: int) -> int:
    """Return how many threads the processes have that descend from `ancestor`."""
    parents, threads = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue  # it has just ended
            parents[int(folder.name)], threads[int(folder.name)] = int(fields[1]), int(fields[17])
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)
    count, todo = 0, [ancestor]
    while todo:
        pid = todo.pop()
        count += threads.get(pid, 0)
        todo += children.get(pid, [])
    return count
