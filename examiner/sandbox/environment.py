"""What a student's process finds around it: environment variables, matplotlib's fonts, the digits of MNIST."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from backprop import data

from ..guest.isolation import HOME
from .bubblewrap import CODE

FONTS, DATA = "/box/fonts", "/box/data"


def environment(scratch: str) -> dict[str, str]:
    """Return the environment variables inside: none of the instructor's own."""
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return one_thread | {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": CODE,
        "PYTHONHASHSEED": "0",  # the same order of sets in every grading
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "HOME": HOME,
        "USER": "student",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel sets it
        "MPLCONFIGDIR": scratch,
        "IPYTHONDIR": scratch,
        "XDG_CACHE_HOME": scratch,
        "NBGRADER_EXECUTION": "autograde",
        "PYTHONBREAKPOINT": "0",  # nobody is there who could continue
        "PIP_NO_INDEX": "1",  # else each `!pip install` asks again and again for a network that is not there
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_OFFLINE": "1",
        "CONDA_OFFLINE": "true",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_USE_LEGACY_KERAS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def files_beside() -> tuple[dict[str, Path], dict[str, str]]:
    """Return what else is visible, {place: file}, and the settings that go with it: the list of fonts, and MNIST."""
    visible = {f"{FONTS}/{path.name}": path for path in font_lists()}
    mnist = data.cache_file()
    if os.environ.get("BACKPROP_DATA") == "digits" or not (mnist.exists() or _fetch(mnist)):
        return visible, {"BACKPROP_DATA": "digits"}
    with contextlib.suppress(OSError):
        mnist.chmod(0o644)  # it is no secret, and the student's user is another one
    return {**visible, f"{DATA}/{mnist.name}": mnist.resolve()}, {"BACKPROP_CACHE": DATA}


def _fetch(mnist: Path) -> bool:
    """Make the kept copy of MNIST where its file is at hand on this machine, and say whether it is there now."""
    keras = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras", "datasets", "mnist.npz")
    if os.environ.get("MNIST_NPZ") or keras.exists():
        with contextlib.redirect_stdout(io.StringIO()):
            data.load_mnist()
    return mnist.exists()


def font_lists() -> list[Path]:
    """Return matplotlib's lists of fonts; it takes seconds to make one."""
    import matplotlib

    folder = Path(matplotlib.get_cachedir())
    if not any(folder.glob("fontlist-*.json")):
        import matplotlib.font_manager
    return sorted(folder.glob("fontlist-*.json"))
