"""A Dask cluster of this machine's own, on loopback: a scheduler, and workers that can be killed one by one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

DASK = str(Path(sys.executable).parent / "dask")
START_SECONDS = 120


def missing() -> str:
    """Return what this machine lacks for a cluster, in one sentence, or ""."""
    return "" if find_spec("distributed") else "Dask is not installed. Run: pip install distributed"


class Cluster:
    """A scheduler at `address`, and its workers."""

    def __init__(self, folder: Path):
        self.folder, self.file, self.workers = folder, folder / "scheduler.json", list[subprocess.Popen]()
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until = time.monotonic() + START_SECONDS
        while not self.file.is_file():
            if self.scheduler.poll() is not None or time.monotonic() > until:
                raise RuntimeError((folder / "log").read_text())
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text())["address"]

    def _start(self, what: str, *options: str) -> subprocess.Popen:
        command = [DASK, what, "--scheduler-file", str(self.file), "--no-dashboard", *options]
        with open(self.folder / "log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def add(self, count: int) -> None:
        """Start so many workers, and wait until the scheduler knows them."""
        from distributed import Client

        more = ("--nthreads", "1", "--nworkers", "1", "--no-nanny", "--host", "127.0.0.1")
        self.workers += [self._start("worker", *more) for _ in range(count)]
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=START_SECONDS)

    def kill(self, number: int) -> None:
        """Kill a worker as a machine dies: without a word to anybody."""
        self.workers[number].kill()
        self.workers[number].wait()

    def end(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@contextmanager
def running(workers: int) -> Iterator[Cluster]:
    """Give a cluster with so many workers of one thread each."""
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        cluster = Cluster(Path(folder))
        try:
            cluster.add(workers)
            yield cluster
        finally:
            cluster.end()
