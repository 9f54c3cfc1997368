"""Open a file that a student has chosen: no link is followed, no pipe is waited for, and nothing but a file is read."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .errors import NotRegular

FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@contextlib.contextmanager
def opened(path: Path | str, folder: int | None = None) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Give the file at `path`, in the folder with the descriptor `folder` if there is one, and what `fstat` says of it.

    What is asked about is what has been opened, whatever takes its place meanwhile. Raises OSError, `NotRegular` too.
    """
    descriptor = os.open(path, FLAGS, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegular(os.path.basename(path), status.st_mode)
        yield file, status
