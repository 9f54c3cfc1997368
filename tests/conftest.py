"""What all tests share: the course's folder, and an environment in which nothing of the user's own shows through."""

from __future__ import annotations

import atexit
import decimal
import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]

# Set before any test module is imported, since some libraries read these once, when they are imported.
_home = Path(tempfile.mkdtemp(prefix="course-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
# Kept from one run to the next, but apart from the user's: making the list of fonts takes seconds.
_matplotlib = ROOT / "build" / "matplotlib"
_matplotlib.mkdir(parents=True, exist_ok=True)
# No window opens in a test. Not by MPLBACKEND, which would keep the figures of notebooks from their place as well.
(_matplotlib / "matplotlibrc").write_text("backend: Agg\n")
os.environ.update(
    BACKPROP_CACHE=str(_home / "backprop"),
    IPYTHONDIR=str(_home / "ipython"),
    JUPYTER_CONFIG_DIR=str(_home / "jupyter" / "config"),
    JUPYTER_DATA_DIR=str(_home / "jupyter" / "data"),
    JUPYTER_RUNTIME_DIR=str(_home / "jupyter" / "runtime"),
    KERAS_HOME=str(_home / "keras"),
    MPLCONFIGDIR=str(_matplotlib),
    TF_CPP_MIN_LOG_LEVEL="3",
    # Kernels and commands that tests start are those of the environment that runs the tests.
    PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
)
for _name in ("BACKPROP_DATA", "BACKPROP_HIDDEN", "MPLBACKEND", "NBGRADER_DB_URL", "NBGRADER_EXECUTION", "PYTHONPATH"):
    os.environ.pop(_name, None)
if os.environ.get("MNIST_NPZ"):  # tests change folders; a relative path would be lost
    os.environ["MNIST_NPZ"] = os.path.abspath(os.path.expanduser(os.environ["MNIST_NPZ"]))


def pytest_collection_modifyitems(items):
    """Skip what is marked `needs_mnist` where MNIST_NPZ is not set."""
    if os.environ.get("MNIST_NPZ"):
        return
    skip = pytest.mark.skip(reason="MNIST_NPZ is not set: the real MNIST is not on this machine")
    for item in items:
        if item.get_closest_marker("needs_mnist"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def course_root() -> Path:
    """The folder of the course: what holds source/, release/ and nbgrader_config.py."""
    return ROOT


@pytest.fixture(autouse=True)
def nothing_is_left_changed():
    """Fail a test that leaves the process changed, and put it back, so that none of the following fails instead."""
    before = _process()
    yield
    after = _process()
    np.seterr(**before["NumPy's error state"])
    np.seterrcall(before["NumPy's error function"])
    np.set_printoptions(**before["NumPy's print options"])
    decimal.getcontext().prec = before["the precision of decimal"]
    signal.signal(signal.SIGALRM, before["the alarm"])
    signal.pthread_sigmask(signal.SIG_SETMASK, before["the signal mask"])
    sys.setrecursionlimit(before["the recursion limit"])
    gc.enable() if before["garbage collection"] else gc.disable()
    changed = [name for name, value in before.items() if after[name] != value]
    assert not changed, f"this test leaves {', '.join(changed)} changed"


def _process() -> dict:
    return {
        "NumPy's error state": np.geterr(),
        "NumPy's error function": np.geterrcall(),
        "NumPy's print options": np.get_printoptions(),
        "the precision of decimal": decimal.getcontext().prec,
        "the alarm": signal.getsignal(signal.SIGALRM),
        "the signal mask": signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        "the recursion limit": sys.getrecursionlimit(),
        "garbage collection": gc.isenabled(),
    }
