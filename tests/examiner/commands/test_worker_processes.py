"""Workers are forked from one server, see what who asked for them sees, and never outlive that process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examiner.commands import worker_processes

ASKS = """
import os, sys, time
from examiner.commands import worker_processes

def about():
    return os.getppid(), os.getpid()

if __name__ == "__main__":
    worker_processes.begin()
    if sys.argv[1] == "working":
        pool = worker_processes.pool(2)
        print(*pool.submit(about).result(), flush=True)
        pool.submit(time.sleep, 1000)
    else:
        from multiprocessing import forkserver
        print(forkserver._forkserver._forkserver_pid, flush=True)
    time.sleep(1000)
"""


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("when", ["loading", "working"])
def test_server_and_workers_end_with_the_process_that_asked_for_them_even_where_that_alone_is_killed(tmp_path, when):
    script = tmp_path / "asks.py"
    script.write_text(ASKS)
    with subprocess.Popen([sys.executable, str(script), when], stdout=subprocess.PIPE, text=True) as asks:
        assert asks.stdout
        processes = [int(number) for number in asks.stdout.readline().split()]
        assert processes
        assert all(map(is_there, processes))
        asks.send_signal(signal.SIGKILL)
        until = time.monotonic() + 100
        while any(map(is_there, processes)):
            assert time.monotonic() < until
            time.sleep(0.01)


def seen(name: str) -> str | None:
    return os.environ.get(name)


def threads_of_the_server() -> int:
    return len(list(Path(f"/proc/{os.getppid()}/task").iterdir()))


@pytest.fixture(scope="module")
def pool():
    with worker_processes.pool(1) as pool:
        yield pool


def test_the_server_that_forks_has_no_thread_besides_its_first(pool):
    assert pool.submit(threads_of_the_server).result() == 1


def test_a_worker_has_the_environment_of_who_asked_for_it_at_that_moment(monkeypatch):
    monkeypatch.setenv("SET_WHEN_THE_SERVER_RAN", "1")
    with worker_processes.pool(1) as later:
        assert later.submit(seen, "SET_WHEN_THE_SERVER_RAN").result() == "1"
    monkeypatch.delenv("SET_WHEN_THE_SERVER_RAN")
    with worker_processes.pool(1) as last:
        assert last.submit(seen, "SET_WHEN_THE_SERVER_RAN").result() is None


def test_sums_in_a_worker_take_one_thread_and_this_process_keeps_what_it_had(pool, monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    worker_processes.begin()
    assert pool.submit(seen, "OPENBLAS_NUM_THREADS").result() == "1"
    assert seen("OPENBLAS_NUM_THREADS") is None


ONCE = """
import os
from examiner.commands import worker_processes

if __name__ == "__main__":
    with worker_processes.pool(1) as pool:
        print(pool.submit(os.getenv, "TMPDIR").result(), flush=True)
"""


@pytest.mark.slow
def test_a_folder_for_temporary_files_may_have_a_long_name(tmp_path):
    long = tmp_path / ("a folder with a long name " * 6).strip()
    long.mkdir()
    script = tmp_path / "once.py"
    script.write_text(ONCE)
    environment = {**os.environ, "TMPDIR": str(long)}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment)
    assert (done.stdout, done.stderr) == (f"{long}\n", "")
