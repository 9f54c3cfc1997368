"""The command `examiner`: workers, where a command has some, load what they need while this process does too."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence


def main() -> int:
    from .commands import worker_processes

    if _has_workers(sys.argv[1:]):
        worker_processes.begin()
    from . import cli  # only now, since it takes a second

    worker_processes.collect_seldom()
    return cli.main()


def _has_workers(words: Sequence[str]) -> bool:
    """Guess whether a command will have workers; a wrong guess costs a moment, and nothing else."""
    alone = re.search(r"--(student|dask|processes[ =]1\b)", " ".join(words)) or os.cpu_count() == 1
    return bool({"grade", "regrade", "demo"}.intersection(words)) and not alone
