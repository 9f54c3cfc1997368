"""A bound on this process's own memory, for whatever it does with values that a student's code has chosen."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator

MORE = 1 << 30  # bytes


@contextlib.contextmanager
def memory(more: int = MORE) -> Iterator[None]:
    """Let this process take so much more memory, at most, for a while; what asks for more gets a `MemoryError`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    allowed = used + more if soft == resource.RLIM_INFINITY else min(soft, used + more)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
