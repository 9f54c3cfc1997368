"""Start a program in the sandbox, and say in one sentence what is missing where there can be none.

Root starts it with two users in it: one that prepares, and one, who is nobody else on the machine, for the student;
the kernel's limits do not bind root. Everyone else is in there as themselves, without any rights.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..guest.isolation import STUDENT, WARM
from . import seccomp
from .bubblewrap import ROOT, command
from .environment import environment

OWN_USERS = (61184, 65519)  # user numbers that systemd gives to services for a while, and to nobody else
TRIAL = "examiner.guest.preflight"
TRIAL_SECONDS = 30

INSTALL = "sudo apt-get install bubblewrap libseccomp2"
REFUSAL = "Nothing is graded without a sandbox: "
SETTINGS = {  # of the kernel, with the value that forbids a sandbox, and the one that allows it
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "user.max_user_namespaces": ("0", "10000"),
}


def missing() -> str:
    """Return "" where the sandbox works, else one sentence that says what is missing and what to run."""
    if not sys.platform.startswith("linux"):
        return f"{REFUSAL}it needs Linux. docs/trust.md says how to grade in a container."
    if not shutil.which("bwrap") or not seccomp.available():
        return f"{REFUSAL}bubblewrap is not installed. Install it: {INSTALL}"
    with tempfile.TemporaryFile() as said, socket.socket() as unused:
        process, user = start([TRIAL], unused, said, {}, {})
        order = json.dumps({"user": user, "system_calls": seccomp.encoded()})
        with contextlib.suppress(subprocess.TimeoutExpired, BrokenPipeError):
            process.communicate(order.encode(), TRIAL_SECONDS)
        process.kill()
        if process.wait() == 0:
            return ""
        said.seek(0)
        return refusal(said.read().decode("utf-8", "replace"))


def refusal(said: str) -> str:
    """Return the sentence for what was said when it failed."""
    if unreadable := next((path for path in _needed() if not _for_everyone(path)), None):
        return f"{REFUSAL}students' code runs as another user, who may not read {unreadable}. Allow it: {_allow()}"
    last = (said.strip().splitlines() or ["it gives no reason"])[-1]
    why = f"{REFUSAL}bubblewrap cannot make one here ({last.removesuffix('.')})."
    for name, (forbids, allows) in SETTINGS.items():
        if _setting(name) == forbids:
            return f"{why} Allow it: sudo sysctl -w {name}={allows}"
    return f"{why} A container has to be started with more rights for it: docs/trust.md says with which."


def start(
    module: list[str], control: socket.socket, said, visible: dict[str, Path], settings: dict[str, str]
) -> tuple[subprocess.Popen, int]:
    """Start a module of Python's, with its arguments, in a sandbox; what it says on stderr goes into the file `said`.

    `visible` are files that it may read, {place inside: file}, and `settings` environment variables.
    Returns the process, and the student's user number in it: 0 where everyone in there is the same user outside.
    """
    words = command(visible, {**environment(WARM), **settings})
    python = [sys.executable, "-s", "-m", *module]
    user = spare_user()
    if not user:
        return launch([*words, *python], control, said, {}), 0
    told, tell = os.pipe()
    wait, go = os.pipe()
    try:
        mapped = [*words, "--info-fd", str(tell), "--userns-block-fd", str(wait), *python]
        process = launch(mapped, control, said, {}, tell, wait)
        os.close(tell)
        if first := _child(told):  # else it has failed, and said why
            for kind in ("uid_map", "gid_map"):
                Path(f"/proc/{first}/{kind}").write_text(f"0 0 1\n{STUDENT} {user} 1\n")
            os.write(go, b"1")
        return process, STUDENT
    finally:
        for number in (told, wait, go):
            os.close(number)


def launch(
    words: list[str], control: socket.socket, said, settings: dict, *numbers: int, user: int = 0
) -> subprocess.Popen:
    """Start a command that keeps `control` and the file descriptors `numbers`, and nothing else of ours.

    Root may start it as another `user`, who is in no group.
    """
    other: dict[str, Any] = (
        {"user": user, "group": user, "extra_groups": [], "cwd": "/", "umask": 0o077} if user else {}
    )
    return subprocess.Popen(
        words,
        pass_fds=(control.fileno(), *numbers),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=said,
        env={"PATH": os.environ.get("PATH", os.defpath), **settings},
        start_new_session=True,  # Ctrl-C is for the examiner, who then ends the sandbox in good order
        **other,
    )


def spare_user() -> int:
    """Return for root a user number that is nobody's; 0 for everyone else."""
    if os.geteuid() != 0:
        return 0
    number = OWN_USERS[0] + os.getpid() % (OWN_USERS[1] - OWN_USERS[0])
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        inside, outside, count = map(int, line.split())
        if inside <= number < inside + count:
            return number
        if inside == 0 and outside != 0:
            return 0  # root of a container only, and someone else outside
    return 0


def _child(told: int) -> int:
    """Return the process that bubblewrap has made, from what it tells of it; 0 if it ends without one."""
    text = b""
    while select.select([told], [], [], TRIAL_SECONDS)[0] and (piece := os.read(told, 4096)):
        text += piece
        with contextlib.suppress(ValueError):
            return json.loads(text)["child-pid"]
    return 0


def _needed() -> list[Path]:
    """Return what the student's process has to read, one file of each kind."""
    import numpy

    paths = [Path(sys.executable), Path(os.__file__), Path(numpy.__file__), ROOT / "backprop" / "__init__.py"]
    return paths if spare_user() else []


def _for_everyone(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o004)


def _allow() -> str:
    return f"chmod -R go+rX {sys.prefix} {os.path.realpath(sys.base_prefix)} {ROOT / 'backprop'} {ROOT / 'examiner'}"


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", *name.split(".")).read_text().strip()
    except OSError:
        return ""
