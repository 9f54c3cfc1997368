"""The few system calls of Linux that Python has no function for."""

from __future__ import annotations

import ctypes
import os

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
NOSUID, NODEV, NOEXEC, BIND, REC, PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47
SECCOMP_FILTER, AMBIENT_CLEAR_ALL, CAP_VERSION_3 = 2, 4, 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` name for new ones."""
    _checked(_libc.unshare(flags), f"unshare {flags:#x}")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system, or bind one place to another."""
    arguments = [text.encode() if text else None for text in (source, target, kind)]
    result = _libc.mount(*arguments, ctypes.c_ulong(flags), options.encode() if options else None)
    _checked(result, f"mount {kind or source} on {target}")


def unmount(target: str) -> None:
    """Take a mount away; what was bound from it elsewhere stays."""
    _checked(_libc.umount2(target.encode(), DETACH), f"unmount {target}")


def prctl(option: int, *arguments: int) -> None:
    """Set a property of this process."""
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    _checked(_libc.prctl(option, *padded), f"prctl {option}")


def drop_capabilities() -> None:
    """Give up every capability, for this process and all that it will ever start."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability)
    prctl(PR_CAP_AMBIENT, AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAP_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(_libc.capset(header, nothing), "capset")


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def filter_system_calls(program: bytes) -> None:
    """Refuse from now on the system calls that the compiled filter `program` refuses."""
    fields = _Program(len(program) // 8, program)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    result = _libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_FILTER), ctypes.byref(fields), 0, 0)
    _checked(result, "seccomp")
