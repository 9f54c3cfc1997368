"""Make what students are given: one folder and one zip, with the notebooks, the students' package, and a way to start.

Nothing of the examiner and nothing of `source/` is in it: it is made of `release/`, the students' wheel and two files.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import backprop
from backprop.answers import alone
from backprop.answers.tables import CHECKS_FILE

from ..course.folders import Course
from ..errors import ExaminerError

TEMPLATE = Path(__file__).with_name("student_bundle")
NAME = "course"
# What a student's computer runs; everything else comes along with it.
FOR_STUDENTS = ("jupyterlab", "ipykernel", "numpy", "scipy", "scikit-learn", "matplotlib", "ipywidgets", "anywidget")
AT_RUN_TIME = ("contourpy", "executing", "ipython", "traitlets")
FIXED_TIME = (2020, 1, 1, 0, 0, 0)  # so that the same files make the same zip


def bundle(course: Course, assignments: Iterable[str], folder: Path) -> Path:
    """Write `folder`/course and `folder`/course.zip, and return the zip.

    Raises `ExaminerError` where an assignment was never released, or the package cannot be built.
    """
    assignments = list(assignments)
    for assignment in assignments:
        if not course.release(assignment).is_dir():
            raise ExaminerError(f"{assignment} has no release yet. Run: examiner release {assignment}")
    made = folder / NAME
    shutil.rmtree(made, ignore_errors=True)
    (made / "wheels").mkdir(parents=True)
    shutil.copyfile(TEMPLATE / "README.md", made / "README.md")
    start = (TEMPLATE / "start.py").read_text(encoding="utf-8")
    first = course.notebooks(assignments[0])[0]
    filled_in = start.replace('FIRST = ""', f'FIRST = "{first.parent.name}/{first.name}"')
    (made / "start.py").write_text(filled_in, encoding="utf-8")
    ours, tensorflow = pinned((course.root / "requirements.txt").read_text(encoding="utf-8"))
    (made / "requirements.txt").write_text(ours, encoding="utf-8")
    (made / "requirements-tensorflow.txt").write_text(tensorflow, encoding="utf-8")
    build_wheel(made / "wheels", {name: course.release(name) / CHECKS_FILE for name in assignments})
    for assignment in assignments:
        shutil.copytree(
            course.release(assignment),
            made / "notebooks" / assignment,
            ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"),
        )
    return zipped(made)


def build_wheel(folder: Path, tables: Mapping[str, Path]) -> None:
    """Build the students' wheel into `folder`, with the visible tables of assignments, so that a notebook alone works.

    It is made out of a copy of the package, so that nothing is left beside it.
    """
    package = Path(backprop.__file__).parent
    if not (package / "pyproject.toml").is_file():
        raise ExaminerError(
            "The students' package can only be built from a clone of the course, not from a wheel of it."
        )
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, package.name)
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
        lessons = copy / alone.LESSONS.name
        lessons.mkdir(exist_ok=True)
        for name, checks in tables.items():
            if checks.is_file():  # an ordinary assignment has none
                shutil.copyfile(checks, lessons / f"{name}.json")
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        done = subprocess.run([*command, "-w", folder, copy], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExaminerError(f"The students' package could not be built: {done.stderr.strip().splitlines()[-1]}")


def pinned(requirements: str) -> tuple[str, str]:
    """Return the pins that a student's computer needs, without and for TensorFlow, out of those of the course."""
    ours, with_tensorflow = brought_along((*FOR_STUDENTS, *AT_RUN_TIME)), brought_along(("tensorflow",))
    texts: tuple[list[str], list[str]] = ([], [])
    for line in requirements.splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        name = canonicalize_name(Requirement(text).name)
        for names, kept in ((ours, texts[0]), (with_tensorflow - ours, texts[1])):
            if name in names:
                kept.append(text)
    return "".join(f"{line}\n" for line in texts[0]), "".join(f"{line}\n" for line in texts[1])


def brought_along(names: Iterable[str]) -> set[str]:
    """Return these packages and all that they need, as far as they are installed here."""
    found: set[tuple[str, str]] = set()  # packages, each with every extra of it that another one asks for
    todo = [(canonicalize_name(name), "") for name in names]
    while todo:
        one = todo.pop()
        if one in found:
            continue
        found.add(one)
        name, extra = one
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for need in map(Requirement, needs):
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                todo += [(canonicalize_name(need.name), extra) for extra in ("", *need.extras)]
    return {name for name, _ in found}


def zipped(folder: Path) -> Path:
    """Put a folder into a zip beside it; the same files make the same bytes."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder.parent)), FIXED_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, file.read_bytes())
    return path
