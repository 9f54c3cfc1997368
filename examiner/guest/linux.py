"""The few system calls of Linux that Python has no function for.

Each is described on its manual page, as https://man7.org/linux/man-pages/man2/unshare.2.html; the numbers stand in the
kernel's headers (`linux/sched.h`, `mount.h`, `prctl.h`, `capability.h`), and are the same on all machines.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import c_char_p, c_int, c_ulong, c_void_p
from enum import IntEnum, IntFlag


class Namespace(IntFlag):
    """What a process can leave for a new one of its own: unshare(2), namespaces(7)."""

    MOUNT = 0x00020000
    HOST_NAME = 0x04000000
    IPC = 0x08000000
    USER = 0x10000000
    PROCESS = 0x20000000
    NETWORK = 0x40000000


class Mount(IntFlag):
    """How something is mounted: mount(2)."""

    NO_SET_USER_ID = 2
    NO_DEVICES = 4
    NO_PROGRAMS = 8
    BIND = 4096
    RECURSIVE = 16384
    PRIVATE = 1 << 18


class Process(IntEnum):
    """Properties of a process: prctl(2)."""

    SET_PARENT_DEATH_SIGNAL = 1
    SET_DUMPABLE = 4
    SET_SECCOMP = 22
    DROP_FROM_BOUNDING_SET = 24
    SET_CHILD_SUBREAPER = 36
    SET_NO_NEW_PRIVILEGES = 38
    AMBIENT_CAPABILITIES = 47


DETACH = 2  # of umount2(2): at once, however busy it is
SECCOMP_FILTER, AMBIENT_CLEAR_ALL, CAPABILITY_VERSION_3 = 2, 4, 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)
for _name, _takes in {
    "unshare": [c_int],
    "mount": [c_char_p, c_char_p, c_char_p, c_ulong, c_char_p],
    "umount2": [c_char_p, c_int],
    "prctl": [c_int, c_ulong, c_ulong, c_ulong, c_ulong],
    "capset": [c_void_p, c_void_p],
}.items():
    _function = getattr(_libc, _name)
    _function.argtypes, _function.restype = _takes, c_int


def _checked(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` name for new ones."""
    _checked(_libc.unshare(flags), f"unshare {flags:#x}")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system, or bind one place to another."""
    texts = [text.encode() if text else None for text in (source, target, kind, options)]
    result = _libc.mount(*texts[:3], flags, texts[3])
    _checked(result, f"mount {kind or source} on {target}")


def unmount(target: str) -> None:
    """Take a mount away; what was bound from it elsewhere stays."""
    _checked(_libc.umount2(target.encode(), DETACH), f"unmount {target}")


def prctl(option: int, *arguments: int) -> None:
    """Set a property of this process."""
    _checked(_libc.prctl(option, *(*arguments, 0, 0, 0, 0)[:4]), f"prctl {option}")


def drop_capabilities() -> None:
    """Give up every capability, for this process and all that it will ever start."""
    prctl(Process.SET_NO_NEW_PRIVILEGES, 1)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(Process.DROP_FROM_BOUNDING_SET, capability)
    prctl(Process.AMBIENT_CAPABILITIES, AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(_libc.capset(header, nothing), "capset")


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def filter_system_calls(program: bytes) -> None:
    """Refuse from now on the system calls that the compiled filter `program` refuses."""
    fields = _Program(len(program) // 8, program)
    prctl(Process.SET_NO_NEW_PRIVILEGES, 1)
    prctl(Process.SET_SECCOMP, SECCOMP_FILTER, ctypes.addressof(fields))
