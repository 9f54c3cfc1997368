"""Start JupyterLab: as a student sees the course, or as its instructor."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from traitlets.config import PyFileConfigLoader

from ..course.folders import CONFIG, Course
from ..errors import ExaminerError

STUDENT_CONFIG = Path(__file__).with_name("student_lab")
ALONE = Path(__file__).with_name("student_alone")  # without an exchange, Assignment List would list nothing
EXCHANGE = "EXAMINER_EXCHANGE"
WORK = "my_work"  # not below build/, so that cleaning up never deletes what somebody wrote


def working_copy(course: Course) -> tuple[Path, list[str]]:
    """Copy what is missing of `release/` into `my_work/`; what is there stays as it is.

    Returns the folder, and the names of notebooks whose release has changed since they were copied.
    """
    folder, changed = course.root / WORK, []
    if not (course.root / "release").is_dir():
        raise ExaminerError("There is no release/ yet. Run: examiner release")
    for path in sorted((course.root / "release").rglob("*")):
        target = folder / path.relative_to(course.root / "release")
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            shutil.copystat(path, target)
        elif path.suffix == ".ipynb" and path.stat().st_mtime > target.stat().st_mtime:
            changed.append(str(path.relative_to(course.root / "release")))
        elif path.suffix != ".ipynb":
            shutil.copyfile(path, target)  # tables and pictures belong to the release; nobody writes into them
    return folder, changed


def exchange_is_named() -> bool:
    """Say whether EXAMINER_EXCHANGE or Jupyter's own nbgrader_config.py names an exchange for students."""
    if folder := os.environ.get(EXCHANGE):
        if not Path(folder).is_dir():
            raise ExaminerError(f"{EXCHANGE} is {folder}, which is not a folder. Name the folder that all users share.")
        os.environ[EXCHANGE] = str(Path(folder).resolve())  # JupyterLab starts elsewhere
        return True
    return any(_names_an_exchange(Path(path)) for path in jupyter_config_path() if (Path(path) / CONFIG).is_file())


def _names_an_exchange(folder: Path) -> bool:
    try:
        config = PyFileConfigLoader(CONFIG, path=str(folder)).load_config()
    except Exception as error:
        raise ExaminerError(f"{folder / CONFIG} fails: {error}") from error
    return "root" in config.Exchange or bool(config.ExchangeFactory)


def student(course: Course, arguments: list[str]) -> None:
    """Become JupyterLab as a student has it: with Validate, and Assignment List where there is an exchange.

    With an exchange, students fetch into `my_work/`; without one, the release is copied there.
    """
    configs, start = [STUDENT_CONFIG], ""
    if exchange_is_named():
        folder = course.root / WORK
        folder.mkdir(exist_ok=True)
        print("To fetch and submit: in the menu, Nbgrader > Assignment List.")
    else:
        folder, changed = working_copy(course)
        for name in changed:
            print(f"{name}: the release is newer than your copy, which is kept. To start over, rename {WORK}/{name}.")
        first = course.notebook(course.assignments()[0])  # where a student begins
        configs, start = [STUDENT_CONFIG, ALONE], f"/tree/{first.parent.name}/{first.name}"
    paths = [*map(str, configs), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    _become(folder, [f"--LabApp.default_url=/lab{start}", *arguments])


def instructor(course: Course, arguments: list[str]) -> None:
    """Become JupyterLab at the course's root, with Formgrader, Create Assignment and Assignment List."""
    _become(course.root, arguments)


def _become(folder: Path, arguments: list[str]) -> None:
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in most containers
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *as_root, *arguments]
    os.chdir(folder)
    os.execv(sys.executable, command)
