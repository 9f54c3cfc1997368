"""Processes of this machine as workers, each forked from a server that has loaded what all of them need.

The server loads it while this process does something else, so that a class waits for that once, however many workers
there are. Nothing of a submission ever gets into the server: it only forks, as `multiprocessing` has it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, parent_process, util

from ..guest import linux

LONGEST = 60  # characters of a folder: the path of a socket may have 107, and more follows
LOADS = "examiner.commands.loaded"  # a name, since importing it is for the server alone
# A process that forks may have no other thread, and NumPy's libraries start some when they are loaded.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def begin() -> None:
    """Let the server start, unless it runs, and do not wait for it; it ends when this process does."""
    forkserver.set_forkserver_preload([LOADS])
    before = dict(os.environ)
    os.environ.update(ONE_THREAD, PYTHONPATH=os.pathsep.join(sys.path))  # so it finds what is found here
    try:
        with _short_folder():
            forkserver.ensure_running()
    finally:
        _set_environment(before)


@contextmanager
def _short_folder() -> Iterator[None]:
    """Let the server's socket lie where its path is short enough, whatever folder for temporary files was chosen."""
    chosen = tempfile.gettempdir()
    try:
        tempfile.tempdir = chosen if len(chosen) <= LONGEST else "/tmp"
        util.get_temp_dir()  # made once for this process
        yield
    finally:
        tempfile.tempdir = chosen


def pool(count: int) -> Executor:
    """Return an executor with so many processes."""
    begin()
    context = get_context("forkserver")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(dict(os.environ),))


def _start(environment: Mapping[str, str]) -> None:
    """Be a worker: with the environment of who asked for it, and no longer than that process and the server live."""
    server = os.getppid()
    linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    asked = parent_process()
    if os.getppid() != server or asked is None or not asked.is_alive():
        os._exit(1)
    _set_environment({**environment, **ONE_THREAD})
    collect_seldom()


def collect_seldom() -> None:
    """Let this process look for garbage less often, and never among what it has loaded.

    A notebook is thousands of small objects that all go away together: looking through them again and again took a
    seventh of the time of grading.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _set_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
