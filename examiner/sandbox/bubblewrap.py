"""The command line of bubblewrap: what the sandbox shows and what it hides.

Visible inside, read-only: the system's programs, the Python environment, `backprop`, and the few modules that run
there. Nothing of home, the course, the gradebook or `source/`; no network; nothing of the environment variables.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..guest.isolation import HOME, PRIVATE, WARM

ROOT = Path(__file__).resolve().parents[2]
CODE = "/box/lib"  # where the modules are, inside
PARTS = ("__init__.py", "errors.py", "wire", "guest")  # of `examiner`, and no others
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = (
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime", "/etc/fonts",
)  # fmt: skip
DEVICES = ("null", "full", "random", "urandom")  # no `zero`: what is mapped from it counts as no process's memory
LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2",
         "ptmx": "pts/ptmx"}  # fmt: skip
EMPTY = ("/proc", PRIVATE, HOME, "/tmp", "/dev/shm", "/dev/pts")

# What the fork server needs to make forks that it can end, and that are someone else. Each fork drops all of it.
CAPABILITIES = ("SYS_ADMIN", "SYS_PTRACE", "SETUID", "SETGID", "SETFCAP", "CHOWN", "KILL")


def command(visible: dict[str, Path], settings: dict[str, str]) -> list[str]:
    """Return the bubblewrap command up to the program; `visible` are further files, {place inside: file}."""
    namespaces = ["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
                  "--unshare-cgroup-try"]  # fmt: skip
    words = ["bwrap", *namespaces, "--uid", "0", "--gid", "0", "--hostname", "box"]
    words += ["--cap-drop", "ALL"]  # which root would keep
    words += [word for name in CAPABILITIES for word in ("--cap-add", f"CAP_{name}")]
    words += ["--die-with-parent", "--new-session", "--clearenv", "--dir", "/", "--chdir", "/"]
    for name, value in settings.items():
        words += ["--setenv", name, value]
    words += [*_places(visible), "--dir", "/dev"]
    for name in DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for name, target in LINKS.items():
        words += ["--symlink", target, f"/dev/{name}"]
    for place in EMPTY:
        words += ["--dir", place]
    return [*words, "--tmpfs", WARM, "--proc", "/proc", "--remount-ro", "/"]


def _places(visible: dict[str, Path]) -> list[str]:
    """Return what is bound where, outer folders first, and what is hidden in them."""
    seen = {str(prefix): Path(prefix) for prefix in _prefixes()}
    seen |= {path: Path(path) for path in (*SYSTEM, *SETTINGS) if os.path.exists(path)}
    seen |= {f"{CODE}/examiner/{part}": ROOT / "examiner" / part for part in PARTS}
    seen[f"{CODE}/backprop"] = ROOT / "backprop"
    seen |= visible
    hidden = {str(path) for path in (ROOT, Path.cwd(), Path.home()) if _inside_one(path, seen)} - set(seen)
    words = []
    places = sorted(set(seen) | hidden, key=lambda place: (place.count("/"), place))
    for folder in sorted({str(folder) for place in places for folder in Path(place).parents}):
        words += ["--dir", folder]  # else bubblewrap makes it for its own user only
    for place in places:
        if place in hidden:
            words += ["--tmpfs", place]
            continue
        source = seen[place]
        if os.path.islink(source) and place in SYSTEM:
            words += ["--symlink", os.readlink(source), place]
        else:
            words += ["--ro-bind", str(source), place]
    return words + [word for place in hidden for word in ("--remount-ro", place)]


def _prefixes() -> list[str]:
    """Return where Python and its packages are."""
    found = {os.path.realpath(sys.base_prefix), sys.base_prefix, sys.prefix, sys.exec_prefix}
    return sorted(path for path in found if path != "/usr" and not path.startswith("/usr/"))


def _inside_one(path: Path, seen: dict[str, Path]) -> bool:
    return any(path != Path(place) and path.is_relative_to(place) for place in seen if place.startswith("/"))
