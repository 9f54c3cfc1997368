"""The system calls that student code has no use for, as a seccomp filter that libseccomp compiles.

They are refused with "operation not permitted", as if the kernel did not have them. Three kinds are left out: what
could look into or reach another process, what opens rarely used parts of the kernel, and what holds memory that no
limit counts, or comes out of what the user who grades may have (of inotify, 128 instances). The names are those of
syscalls(2); for the filter see seccomp(2) and seccomp_rule_add(3).

The list was compared with the default profile of Docker, as it refuses a container without capabilities:
https://github.com/moby/moby/blob/00f3d189e420d485e42d15fe494f96d272284e0e/profiles/seccomp/default.json
New namespaces and `clone3` are refused as there. That profile names what is allowed. Here all that is not named is
allowed, since nobody knows what a package for numbers calls. What only this list refuses is in BEYOND_DOCKER.
Typing into a terminal is refused by the list of Flatpak (`setup_seccomp` in its common/flatpak-run.c), too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from base64 import b64encode
from functools import cache

LIBRARY = "libseccomp.so.2"
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
EQUAL, GREATER, MASKED_EQUAL = 4, 6, 7

# Docker allows the first line since Linux 4.8, `personality` with a few values, and `modify_ldt` on x86.
BEYOND_DOCKER = """
    ptrace process_vm_readv process_vm_writev
    shmget shmat shmctl msgget semget mq_open memfd_create memfd_secret
    io_uring_setup io_uring_enter io_uring_register inotify_init inotify_init1
    personality name_to_handle_at clock_adjtime adjtimex modify_ldt vmsplice
"""
LIKE_DOCKER = """
    process_madvise kcmp pidfd_getfd
    unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsmount fsconfig fspick mount_setattr
    add_key request_key keyctl bpf perf_event_open userfaultfd
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl
    open_by_handle_at fanotify_init lookup_dcookie syslog vhangup nfsservctl
    settimeofday clock_settime sethostname setdomainname iopl ioperm
    uselib ustat sysfs
"""
REFUSED = BEYOND_DOCKER.split() + LIKE_DOCKER.split()
NAMESPACES = 0x7E020000  # every CLONE_NEW… flag
SHARED_AND_ANONYMOUS = 0x21  # memory that stays held when no process shows it any more
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6: of no use without a network, and yet asked for by libraries
TERMINAL_INPUT = 0x5412  # TIOCSTI: typing into a terminal


class _Compare(ctypes.Structure):
    _fields_ = [
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("one", ctypes.c_uint64),
        ("other", ctypes.c_uint64),
    ]


def available() -> bool:
    """Say whether libseccomp is here."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return True


@cache
def program() -> bytes:
    """Return the filter as the kernel wants it, for the machine that this runs on."""
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(ALLOW)))
    refuse = ctypes.c_uint32(ERRNO | errno.EPERM)
    absent = ctypes.c_uint32(ERRNO | errno.ENOSYS)

    def add(action, name: str, *compares: _Compare) -> None:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:  # unknown to this library, or no call of this machine's
            return
        listed = (_Compare * max(len(compares), 1))(*compares)
        result = library.seccomp_rule_add_array(rules, action, number, ctypes.c_uint(len(compares)), listed)
        if result:
            raise OSError(-result, f"seccomp rule for {name}: {os.strerror(-result)}")

    for name in REFUSED:
        add(refuse, name)
    for bit in (1 << place for place in range(32) if NAMESPACES >> place & 1):
        add(refuse, "clone", _Compare(0, MASKED_EQUAL, bit, bit))
    add(absent, "clone3")  # its flags lie in memory, where no filter sees them; the C library then uses clone
    add(refuse, "mmap", _Compare(3, MASKED_EQUAL, SHARED_AND_ANONYMOUS, SHARED_AND_ANONYMOUS))
    add(refuse, "socket", _Compare(0, GREATER, max(FAMILIES), 0))
    for family in set(range(max(FAMILIES))) - set(FAMILIES):
        add(refuse, "socket", _Compare(0, EQUAL, family, 0))
    add(refuse, "ioctl", _Compare(1, MASKED_EQUAL, 0xFFFFFFFF, TERMINAL_INPUT))
    with tempfile.TemporaryFile() as file:
        result = library.seccomp_export_bpf(rules, file.fileno())
        library.seccomp_release(rules)
        if result:
            raise OSError(-result, f"seccomp filter: {os.strerror(-result)}")
        file.seek(0)
        return file.read()


def encoded() -> str:
    """Return the filter as text."""
    return b64encode(program()).decode()
