"""TensorFlow where it is wanted and installed, and a word where it is not."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


def tensorflow():
    """Return the tensorflow module, or None after one printed line that says why there is none."""
    if os.environ.get("NBGRADER_EXECUTION"):
        print("TensorFlow is left out while a notebook is validated or graded: nothing here earns points.")
        return None
    try:
        return import_tensorflow()
    except ImportError:
        print("TensorFlow is not installed here, so this part is skipped. To install it: pip install tensorflow")
        return None


def import_tensorflow():
    """Import TensorFlow without its start-up notes, which would fill the page; raises `ImportError` as usual."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _quiet_stderr():
        import tensorflow
    return tensorflow


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    # TensorFlow's C++ greets on file descriptor 2, past sys.stderr, which its loggers must go on holding.
    saved = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
