"""Close a process off from all others, and give it a place of its own: what makes a fork a student's process.

The order matters. Mounts come first, while the process may still make them. The user namespace comes last: what was
mounted before belongs to the one outside, so that even every capability in its own could not change it.
"""

from __future__ import annotations

import os
import resource
import sys
from dataclasses import dataclass

from . import linux

STUDENT = 1000  # user and group, as the student's own code sees them
HOME = "/home/student"
WARM = "/box/warm"  # where the fork server may write, and no student's process sees anything
PRIVATE = "/private"  # where the fork's own file system is mounted, for as long as its parts are put into place


@dataclass(frozen=True)
class ProcessLimits:
    """What one fork may use, and as whom it runs."""

    memory: int
    tasks: int  # processes and threads together
    files: int
    file_count: int
    user: int  # in the user namespace of the fork server
    system_calls: bytes  # a compiled seccomp filter
    closed: bool = True  # in a sandbox; else only what can be limited without one is


def enclose(room: ProcessLimits) -> None:
    """Enter new mount, IPC, network and host name namespaces, with an own file system and no network at all."""
    linux.unshare(linux.Namespace.MOUNT | linux.Namespace.IPC | linux.Namespace.NETWORK | linux.Namespace.HOST_NAME)
    linux.mount("", "/", "", linux.Mount.RECURSIVE | linux.Mount.PRIVATE)
    guarded = linux.Mount.NO_SET_USER_ID | linux.Mount.NO_DEVICES | linux.Mount.NO_PROGRAMS
    linux.mount("proc", "/proc", "proc", guarded)
    options = f"size={room.files},nr_inodes={room.file_count},mode=0755"
    linux.mount("tmpfs", PRIVATE, "tmpfs", guarded, options)
    for place, mode in ((HOME, 0o700), ("/tmp", 0o1777), ("/dev/shm", 0o1777)):
        part = PRIVATE + "/" + place.strip("/").replace("/", "-")
        os.mkdir(part)
        os.chmod(part, mode)
        os.chown(part, room.user, room.user)
        covered = _python_in(place)
        linux.mount(part, place, "", linux.Mount.BIND)
        for path, descriptor in covered.items():
            _make_folders(path, place)
            linux.mount(f"/proc/self/fd/{descriptor}", path, "", linux.Mount.BIND | linux.Mount.RECURSIVE)
            os.close(descriptor)
    linux.unmount(PRIVATE)
    linux.unmount(WARM)
    linux.mount(
        "devpts",
        "/dev/pts",
        "devpts",
        linux.Mount.NO_SET_USER_ID | linux.Mount.NO_PROGRAMS,
        "newinstance,ptmxmode=0666,mode=620",
    )


def _python_in(place: str) -> dict[str, int]:
    """Return where Python is installed below `place`, which is about to be covered, as open folders."""
    found = {os.path.realpath(prefix) for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix)}
    below = sorted(path for path in found if path.startswith(place + "/"))
    outer = [path for path in below if not any(path.startswith(other + "/") for other in below)]
    return {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in outer}


def _make_folders(path: str, below: str) -> None:
    """Make `path` and what is missing between it and `below`, so that the student may pass."""
    os.makedirs(path)
    while path != below:
        os.chmod(path, 0o755)
        path = os.path.dirname(path)


def become_student(user: int) -> None:
    """Become an unprivileged user in a user namespace of its own, for good."""
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        linux.prctl(
            linux.Process.SET_DUMPABLE, 1
        )  # else its own files in /proc belong to root, and the map stays unwritten
    linux.unshare(linux.Namespace.USER)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{STUDENT} {user} 1")
    _write("/proc/self/gid_map", f"{STUDENT} {user} 1")
    _write("/proc/sys/user/max_user_namespaces", "0")  # no further ones inside
    linux.drop_capabilities()


def limit(room: ProcessLimits) -> None:
    """Set the limits that the kernel keeps for each process; `watchdog` watches over their sum."""
    bounds = {
        resource.RLIMIT_DATA: room.memory,
        resource.RLIMIT_FSIZE: room.files,
        resource.RLIMIT_NOFILE: 512,
        resource.RLIMIT_CORE: 1,  # a byte: with 0, a program of the system's may still be given what would be dumped
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if room.closed:  # else it would count all that the user runs
        bounds[resource.RLIMIT_NPROC] = room.tasks
    for which, bound in bounds.items():
        hard = resource.getrlimit(which)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(which, (bound, bound))


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
