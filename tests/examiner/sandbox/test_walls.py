"""What student code sees, and what it cannot reach: each test tries it from inside a student's process."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SECRET = "the-answer-is-forty-two"


def found(student_process, source: str):
    """Run `source`, and return what it left in `found`, which has to be data."""
    ran = student_process.run(source)
    assert not ran.ended, ran.sentence
    errors = [output.evalue for output in ran.outputs if output.output_type == "error"]
    assert not errors, errors
    return student_process.kind("found").value


def refusals(student_process, *steps: str) -> list[str]:
    """Run each step by itself, and return the names of the exceptions; "" stands for one that went through."""
    lines = ["found = []"]
    for step in steps:
        lines += ["try:", f"    {step}", "    found.append('')", "except Exception as error:"]
        lines += ["    found.append(type(error).__name__)"]
    return found(student_process, "\n".join(lines))


# ------------------------------------------------------------------------------------------------------------- files
def test_the_folder_holds_a_copy_of_the_submission_and_nothing_else(forkserver, tmp_path):
    folder = tmp_path / "two_layer_network"
    (folder / "data").mkdir(parents=True)
    (folder / "checks.json").write_text("{}")
    (folder / "data" / "x.csv").write_bytes(b"1,2\r\n")
    (tmp_path / "secret.txt").write_text(SECRET)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    with forkserver.student_process(folder) as student_process:
        names = found(
            student_process, "import os\nfound = sorted(os.path.join(p, n) for p, _, ns in os.walk('.') for n in ns)"
        )
        assert names == ["./checks.json", "./data/x.csv"]
        assert found(student_process, "found = os.getcwd()") == "/home/student/two_layer_network"
        student_process.run("open('checks.json', 'w').write('forged'); open('data/x.csv', 'a').write('more')")
    assert (folder / "checks.json").read_text() == "{}"
    assert (folder / "data" / "x.csv").read_bytes() == b"1,2\r\n"


def test_neither_the_course_nor_the_home_nor_another_file_is_there(student_process, course_root, tmp_path):
    (tmp_path / "secret.txt").write_text(SECRET)
    ours = [course_root / name for name in ("source", "nbgrader_config.py", "examiner")] + [tmp_path, Path(__file__)]
    places = [*ours, Path.home() / ".cache", *map(Path, ("/etc/passwd", "/var", "/run", "/sys"))]
    assert (
        found(student_process, f"import os\nfound = [p for p in {list(map(str, places))} if os.path.exists(p)]") == []
    )


def test_the_examiner_itself_cannot_be_imported(student_process, course_root):
    inside = {"__init__", "__pycache__", "errors", "guest", "wire"}
    names = sorted({path.stem for path in (course_root / "examiner").iterdir()} - inside)
    assert {"cli", "judging", "runner", "sandbox"} <= set(names)
    steps = [f"import examiner.{name}" for name in names]
    assert refusals(student_process, *steps) == ["ModuleNotFoundError"] * len(steps)


def test_a_course_inside_a_visible_folder_is_hidden_in_it(tmp_path, monkeypatch):
    from examiner.sandbox import bubblewrap

    course = tmp_path / "lib" / "course"
    monkeypatch.setattr(bubblewrap, "ROOT", course)
    monkeypatch.setattr(bubblewrap, "SYSTEM", (str(tmp_path / "lib"),))
    (course / "source").mkdir(parents=True)
    words = bubblewrap.command({}, {})
    assert words.index("--tmpfs", words.index(str(tmp_path / "lib"))) + 1 == words.index(str(course))
    assert words[words.index("--remount-ro") + 1] in (str(course), "/")


def test_nothing_that_others_see_can_be_written(student_process):
    places = [
        "/",
        "/usr",
        "/box",
        "/box/lib",
        "/box/lib/backprop",
        "/dev",
        "/etc",
        "/proc/sys/kernel/hostname",
        "/home",
    ]
    steps = [
        f"open({place!r} + ('' if '/sys/' in {place!r} else '/x'), 'w').write('x')" for place in [*places, sys.prefix]
    ]
    assert set(refusals(student_process, *steps)) <= {"OSError", "PermissionError", "FileNotFoundError"}


def test_two_students_processes_share_no_file_and_no_number(forkserver, tmp_path):
    with forkserver.student_process(tmp_path) as one, forkserver.student_process(tmp_path) as other:
        one.run(
            "for p in ('/tmp/x', '/dev/shm/x', '/home/student/x'): open(p, 'w').write('x')\nimport numpy; numpy.pi = 3"
        )
        script = (
            "import os, numpy\nfound = [os.listdir(p) for p in ('/tmp', '/dev/shm')], numpy.pi, os.path.exists('../x')"
        )
        assert found(other, script) == ([on_the_way_to_python("/tmp"), []], 3.141592653589793, False)


def installed() -> list[Path]:
    """Where Python is; in a clone below /tmp, whoever runs it may see the way there."""
    return [Path(os.path.realpath(prefix)) for prefix in (sys.prefix, sys.base_prefix)]


def on_the_way_to_python(place: str) -> list[str]:
    """What is to be seen in a folder that is covered: only where the way to Python goes on."""
    return sorted({path.relative_to(place).parts[0] for path in installed() if path.is_relative_to(place)})


def test_beside_the_way_to_python_nothing_is_seen_in_a_covered_folder(student_process):
    script = (
        "import os, sys\nfound = []\n"
        "for place, folders, files in os.walk('/tmp'):\n"
        "    if os.path.realpath(place) in (os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix)):\n"
        "        folders.clear()\n"
        "    else:\n"
        "        found += [os.path.join(place, name) for name in folders + files]"
    )
    seen = [Path(path) for path in found(student_process, script)]
    assert [path for path in seen if not any(place.is_relative_to(path) for place in installed())] == []


def test_programs_of_a_submission_are_not_run_as_another_user(student_process):
    steps = ["import subprocess; subprocess.run(['sudo', '-n', 'true'], check=True)", "import os; os.setuid(0)",
             "os.chown('.', 0, 0)", "subprocess.run(['mount', '-t', 'tmpfs', 'x', '/tmp'], check=True)"]  # fmt: skip
    assert "" not in refusals(student_process, *steps)
    assert (
        found(student_process, "found = [l.split()[1] for l in open('/proc/self/status') if l[:3] == 'Cap']")
        == ["0" * 16] * 5
    )
    assert found(
        student_process, "found = [l.split()[1] for l in open('/proc/self/status') if l[:8] == 'NoNewPri']"
    ) == ["1"]


# --------------------------------------------------------------------------------------------------------- processes
def test_a_students_process_sees_no_process_but_its_own(student_process):
    assert found(student_process, "import os\nfound = sorted(p for p in os.listdir('/proc') if p.isdigit())") == [
        "1",
        "2",
    ]


def test_what_prepared_it_can_be_neither_read_nor_traced_nor_killed(student_process):
    steps = [f"open('/proc/1/{name}', 'rb').read(1)" for name in ("mem", "environ", "maps")]
    steps += ["import os; os.readlink('/proc/1/cwd')", "os.open('/proc/1/fd/0', 0)", "os.listdir('/proc/1/root')"]
    assert set(refusals(student_process, *steps)) <= {"PermissionError", "FileNotFoundError"}
    trace = "import ctypes\nfound = [ctypes.CDLL(None, use_errno=True).ptrace(16, pid, 0, 0) for pid in (1, 2)]"
    assert found(student_process, trace) == [-1, -1]
    for number in range(1, 32):
        student_process.run(f"for pid in (1, -1):\n    try: os.kill(pid, {number})\n    except OSError: pass")
    assert student_process.gone is None


def test_it_holds_no_line_but_its_own(student_process):
    script = "import os\nfound = []\nfor n in range(50):\n    try: found.append(os.readlink(f'/proc/self/fd/{n}'))\n"
    names = found(student_process, script + "    except OSError: pass")
    assert sorted(name.split(":")[0] for name in names) == ["/dev/null", "pipe", "pipe", "pipe", "pipe", "socket"]


def test_neither_its_environment_nor_its_memory_holds_what_the_examiner_knows(tmp_path):
    """Search a student's process for what the examiner holds; that is put together inside, to be there once."""
    script = f"""
import os
os.environ["TOKEN"] = secret = {SECRET[:12]!r} + {SECRET[12:]!r}
kept = [secret * 100]
from pathlib import Path
from examiner.runner.forkserver import ForkServer
with ForkServer() as forkserver, forkserver.student_process(Path({str(tmp_path)!r})) as student_process:
    ran = student_process.run('''
import os
wanted = b"".join([{SECRET[:12].encode()!r}, {SECRET[12:].encode()!r}])
count = 0
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        start, end = (int(word, 16) for word in line.split()[0].split("-"))
        if line.split()[1][0] == "r" and "[v" not in line:
            memory.seek(start)
            count += memory.read(end - start).count(wanted)
found = count, dict(os.environ)
''', seconds=100)
    print(student_process.kind("found").value)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    count, environment = ast.literal_eval(done.stdout)
    assert 1 <= count <= 2  # `wanted` itself, and what reading it left behind
    assert "TOKEN" not in environment
    assert (environment["HOME"], environment["OMP_NUM_THREADS"]) == ("/home/student", "1")


def test_system_calls_that_reach_elsewhere_are_refused(student_process):
    calls = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def refused(name, *arguments):
    ctypes.set_errno(0)
    return getattr(libc, name)(*arguments) == -1 and errno.errorcode[ctypes.get_errno()]
found = {
    "unshare": refused("unshare", 0x10000000),
    "setns": refused("setns", 0, 0),
    "mount": refused("mount", b"x", b"/tmp", b"tmpfs", 0, None),
    "memfd": refused("memfd_create", b"x", 0),
    "inotify": refused("inotify_init1", 0),
    "inotify, as it was": refused("inotify_init"),
    "shared memory": refused("shmget", 0, 4096, 0o1000),
    "personality": refused("personality", 0x0008),
    "another process's memory": refused("process_vm_readv", 1, None, 0, None, 0, 0),
    "keys": refused("syscall", 250, 0, 0, 0) if __import__("platform").machine() == "x86_64" else "EPERM",
    "netlink": refused("socket", 16, 3, 0),
    "packets": refused("socket", 17, 3, 0),
}
"""
    assert set(found(student_process, calls).values()) == {"EPERM"}
    assert refusals(student_process, "import mmap; mmap.mmap(-1, 4096)") == ["PermissionError"]
    assert found(student_process, "found = open('/proc/sys/user/max_user_namespaces').read().strip()") == "0"


# ----------------------------------------------------------------------------------------------------------- network
def test_no_connection_arrives_anywhere(student_process):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = listener.getsockname()
        addresses = [address, ("192.0.2.1", 80), ("::1", 80)]
        steps = ["import socket", *(f"socket.create_connection({each!r}, 2)" for each in addresses)]
        steps.append("socket.getaddrinfo('example.org', 80)")
        assert refusals(student_process, *steps) == ["", "OSError", "OSError", "OSError", "gaierror"]
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert found(student_process, "found = [l.split(':')[0].strip() for l in open('/proc/net/dev') if ':' in l]") == [
        "lo"
    ]


def test_a_socket_with_a_name_is_not_seen_from_inside(student_process, tmp_path):
    name = f"\0course-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        steps = [f"import socket; socket.socket(socket.AF_UNIX).connect({name!r})"]
        assert refusals(student_process, *steps) == ["ConnectionRefusedError"]


# --------------------------------------------------------------------------------------------------------- the end
def others(word: str) -> list[int]:
    """Return the processes whose command line has `word` in it."""
    numbers = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if word.encode() in (place / "cmdline").read_bytes():
                numbers.append(int(place.name))
    return numbers


def test_a_daemon_ends_with_its_process(forkserver, tmp_path):
    word = f"86400.{os.getpid()}"
    with forkserver.student_process(tmp_path) as student_process:
        student_process.run(f"import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        "
                      f"os.execvp('sleep', ['sleep', '{word}'])\n    os._exit(0)")  # fmt: skip
        assert await_(lambda: others(word))
    assert others(word) == []


def test_an_exit_handler_has_nobody_to_talk_to(forkserver, tmp_path):
    with forkserver.student_process(tmp_path) as student_process:
        student_process.run("import atexit, time\natexit.register(time.sleep, 100)")
        start = time.monotonic()
    assert time.monotonic() - start < 20


def test_everything_ends_when_the_examiner_is_killed(tmp_path):
    word = f"86401.{os.getpid()}"
    script = (
        "from examiner.runner.forkserver import ForkServer\nfrom pathlib import Path\nimport time\n"
        f"process = (server := ForkServer()).student_process(Path({str(tmp_path)!r}))\n"
        f'process.run(\'import subprocess; p = subprocess.Popen(["sleep", "{word}"])\')\n'
        "print('ready', flush=True)\ntime.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as examiner:
        assert examiner.stdout.readline() == "ready\n"
        assert others(word)
        examiner.kill()
    assert await_(lambda: not others(word))


def await_(condition, seconds: float = 20) -> bool:
    """Return whether `condition` comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(condition())


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests are an ordinary user's already")
def test_an_ordinary_user_has_the_same_walls(tmp_path):
    """Root takes another way into the sandbox than everybody else; here root is somebody else."""
    script = f"""
import json
from pathlib import Path
from examiner.runner.forkserver import ForkServer
with ForkServer() as forkserver, forkserver.student_process(Path({str(tmp_path)!r})) as student_process:
    ran = student_process.run('''
import os, socket, ctypes
found = {{"uid": os.getuid(), "pids": sorted(p for p in os.listdir("/proc") if p.isdigit())}}
found["warm"] = os.listdir("/box/warm")
found["cap"] = {{l.split()[1] for l in open("/proc/self/status") if l[:3] == "Cap"}} == {{"0" * 16}}
found["unshare"] = ctypes.CDLL(None).unshare(0x10000000)
for name, step in {{
    "memory": lambda: open("/proc/1/mem", "rb"), "warm": lambda: open("/box/warm/x", "w"),
    "network": lambda: socket.create_connection(("127.0.0.1", 22)), "files": lambda: open("/x", "w"),
}}.items():
    try:
        step()
        found["opened " + name] = True
    except OSError:
        pass
''')
    print(json.dumps([ran.ended, student_process.kind("found").value]))
"""
    words = ["unshare", "--user", "--map-user=1000", "--map-group=1000", sys.executable, "-c", script]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    expected = {"uid": 1000, "pids": ["1", "2"], "warm": [], "cap": True, "unshare": -1}
    assert json.loads(done.stdout) == ["", expected]
