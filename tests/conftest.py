"""What all tests share: the course's folder, and an environment in which nothing of the user's own shows through."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

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
for _name in ("BACKPROP_DATA", "BACKPROP_HIDDEN", "MPLBACKEND", "NBGRADER_EXECUTION", "PYTHONPATH"):
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
