"""Start JupyterLab: as a student sees the course, or as its instructor."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..course.folders import Course
from ..errors import ExaminerError

STUDENT_CONFIG = Path(__file__).with_name("student_lab")
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


def student(course: Course, arguments: list[str]) -> None:
    """Become JupyterLab on the working copy, with Validate and without nbgrader's tools for instructors."""
    folder, changed = working_copy(course)
    for name in changed:
        print(f"{name}: the release is newer than your copy, which is kept. To start over, rename {WORK}/{name}.")
    paths = [str(STUDENT_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    first = course.notebook(course.assignments()[0])  # where a student begins
    _become(folder, [f"--LabApp.default_url=/lab/tree/{first.parent.name}/{first.name}", *arguments])


def instructor(course: Course, arguments: list[str]) -> None:
    """Become JupyterLab at the course's root, with Formgrader, Create Assignment and Assignment List."""
    _become(course.root, arguments)


def _become(folder: Path, arguments: list[str]) -> None:
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in most containers
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *as_root, *arguments]
    os.chdir(folder)
    os.execv(sys.executable, command)
