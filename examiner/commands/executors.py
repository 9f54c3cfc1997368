"""Do the same for many submissions at once, by one interface: `concurrent.futures.Executor`.

Processes of this machine are the usual one; a cluster of Dask's is another. A worker that dies takes nobody's result
with it: what it had begun is done once more, alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import contextmanager
from typing import Any

from ..errors import ExaminerError
from . import worker_processes

LOST = "the process that examined it ended twice; it may have used all the memory of this machine"


class Workers:
    """Makes executors of one kind, with at most `count` workers each.

    `ahead` are the jobs for each that are ready or running: few, so that a class of any size takes little memory.
    """

    def __init__(self, make: Callable[[int], Executor], count: int, ahead: int = 2):
        self.make, self.count, self.ahead = make, count, ahead


class HereAndNow(Executor):
    """An executor without any other process, for a single submission."""

    def submit(self, function, /, *args, **kwargs) -> Future:
        future: Future = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def local(processes: int | None = None, jobs: int | None = None) -> Workers:
    """Return processes of this machine, as many as it has processors or as there are jobs; one needs no other."""
    count = processes or os.cpu_count() or 1
    count = count if jobs is None else min(count, jobs)
    return Workers(worker_processes.pool, count) if count > 1 else Workers(lambda count: HereAndNow(), 1, ahead=1)


@contextmanager
def lasting(workers: Workers) -> Iterator[Workers]:
    """Give workers whose processes last from batch to batch, until this block ends: starting one takes seconds."""
    made: dict[int, Executor] = {}

    def make(count: int) -> Executor:
        if count not in made:
            made[count] = workers.make(count)
        return _Lent(made[count], lambda: made.pop(count, None))

    try:
        yield Workers(make, workers.count, workers.ahead)
    finally:
        for executor in made.values():
            executor.shutdown(wait=False)


class _Lent(Executor):
    """An executor that is shut down only where it is of no more use: its users do not wait for what still runs."""

    def __init__(self, inner: Executor, forget: Callable[[], object]):
        self._inner, self._forget = inner, forget

    def submit(self, function, /, *args, **kwargs) -> Future:
        return self._inner.submit(function, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if not wait:
            self._forget()
            self._inner.shutdown(wait=False)


def dask(address: str) -> Workers:
    """Return the workers of a Dask cluster; each needs this package and the sandbox."""
    try:
        from distributed import Client
    except ImportError:
        raise ExaminerError("Dask is not installed. Run: pip install 'backprop-examiner[dask]'") from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ExaminerError(f"No Dask scheduler answers at {address}: {error}") from None
    threads = sum(client.nthreads().values())
    if not threads:
        raise ExaminerError(f"The Dask scheduler at {address} has no workers. Run: dask worker {address} --nthreads 1")
    return Workers(lambda count: client.get_executor(pure=False), threads)


def results(workers: Workers, task: Callable, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
    """Yield each job with `task(*job)`, as they come, or with the exception that it ended with, the second time."""
    again: list[tuple] = []
    for job, result in _once(workers, workers.count, task, jobs):
        if isinstance(result, Exception):
            again.append(job)
        else:
            yield job, result
    for job in again:  # it may have been a neighbour's fault, so each is now alone
        yield from _once(workers, 1, task, [job])


def _once(workers: Workers, count: int, task: Callable, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
    """Yield each job with its result or its exception; after a broken executor go on with a new one."""
    left, running = iter(jobs), dict[Future, tuple[tuple, Executor]]()
    executor: Executor | None = None
    try:
        while True:
            while len(running) < workers.ahead * count and (job := next(left, None)) is not None:
                executor = executor or workers.make(count)
                running[_submitted(executor, task, job)] = job, executor
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job, its_own = running.pop(future)
                try:
                    result = future.result()
                except (BrokenExecutor, CancelledError):
                    result = ExaminerError(LOST)
                    if executor is its_own:
                        executor = None
                    its_own.shutdown(wait=False)
                except Exception as error:
                    result = error
                yield job, result
    finally:
        for future in running:
            future.cancel()  # here, since Dask's `shutdown` does not take that as an argument
        if executor:
            executor.shutdown(wait=not running)


def _submitted(executor: Executor, task: Callable, job: tuple) -> Future:
    """Return the future of a job; one that has failed already where the executor is broken."""
    try:
        return executor.submit(task, *job)
    except BrokenExecutor as error:
        broken: Future = Future()
        broken.set_exception(error)
        return broken
