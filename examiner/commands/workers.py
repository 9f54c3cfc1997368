"""Do the same for many students in a few processes at once.

A process that dies takes nobody's result with it: whoever is left is done here, one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context


def in_parallel(task: Callable, items: Iterable, processes: int | None = None) -> Iterator:
    """Yield `task(item)` for every item, as they come; `task` has to be picklable, and to raise nothing of its own."""
    left = list(dict.fromkeys(items))
    count = min(processes or os.cpu_count() or 1, len(left))
    if count > 1:
        try:
            with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:  # no thread is copied half-way
                futures = {pool.submit(task, item): item for item in left}
                for future in as_completed(futures):
                    result = future.result()
                    left.remove(futures[future])
                    yield result
        except BrokenProcessPool:
            pass
    for item in left:
        yield task(item)
