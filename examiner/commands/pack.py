"""Make an assignment into an autograder of Gradescope or PrairieLearn: a course of one assignment, and the packages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import uuid
import zipfile
from pathlib import Path

from nbgrader.api import MissingEntry
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from traitlets.config import Config

from ..course.folders import Course
from ..errors import ExaminerError
from . import release
from .bundle import FIXED_TIME, brought_along, build_wheel

KINDS = ("gradescope", "prairielearn")
ROOT = Path(__file__).resolve().parents[2]  # of the clone that packs are made from
FILES = Path(__file__).with_name("pack_files")
PROGRAMS = ("setup.sh", "run_autograder", "run.sh")
COURSE = "course"  # the folder in a pack
PACKAGE = "backprop-examiner"
IMAGE = "YOUR/examiner"


def pack(course: Course, assignment: str, kind: str, folder: Path) -> Path:
    """Write the autograder of an assignment into `folder`, and return its zip.

    Raises `ExaminerError` where the assignment was never released, or a package cannot be built.
    """
    held = course_of(course, assignment)
    requirements = _pins(ROOT / "requirements.txt")
    with tempfile.TemporaryDirectory() as scratch:
        wheels = Path(scratch, "wheels")
        wheels.mkdir()
        build_wheel(wheels, {})
        build_examiner(wheels)
        install = {"requirements.txt": requirements.encode()}
        install |= {f"wheels/{path.name}": path.read_bytes() for path in sorted(wheels.glob("*.whl"))}
    make = _gradescope if kind == "gradescope" else _prairielearn
    files = make(assignment, held, install, [path.name for path in course.notebooks(assignment)])
    folder.mkdir(parents=True, exist_ok=True)
    return _zipped(folder / f"{assignment}-{kind}.zip", files)


def course_of(course: Course, assignment: str) -> dict[str, bytes]:
    """Return the files of a course with this one assignment and no student, as grading needs them.

    Raises `ExaminerError` where the assignment was never released.
    """
    try:
        chosen = release.plans_of(course, assignment)
    except MissingEntry:
        raise ExaminerError(f"{assignment} has not been released yet. Run: examiner release {assignment}") from None
    with tempfile.TemporaryDirectory() as scratch:
        copy = release.scratch_course(course, Path(scratch) / COURSE, [assignment])
        release.generate(copy, assignment, Config(release.NO_TRIAL))
        release.keep_plans(copy, assignment, chosen)
        paths = [path for path in copy.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {f"{COURSE}/{path.relative_to(copy.root).as_posix()}": path.read_bytes() for path in paths}


def _gradescope(
    assignment: str, held: dict[str, bytes], install: dict[str, bytes], notebooks: list[str]
) -> dict[str, bytes]:
    own = {path.name: path.read_bytes() for path in (FILES / "gradescope").iterdir()}
    return {**own, **install, **held}


def _prairielearn(
    assignment: str, held: dict[str, bytes], install: dict[str, bytes], notebooks: list[str]
) -> dict[str, bytes]:
    own = {path.name: path.read_bytes() for path in (FILES / "prairielearn").iterdir()}
    question = f"questions/{assignment}"
    info = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"examiner/{assignment}")),
        "title": assignment.replace("_", " "),
        "topic": "Notebooks",
        "type": "v3",
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": IMAGE,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": 600,
            "enableNetworking": False,
        },
    }
    html = own["question.html"].decode().replace("FILES", ",".join(notebooks))
    return {
        "image/Dockerfile": own["Dockerfile"],
        **{f"image/{name}": data for name, data in install.items()},
        f"{question}/info.json": json.dumps(info, indent=2).encode() + b"\n",
        f"{question}/question.html": html.encode(),
        f"{question}/tests/run.sh": own["run.sh"],
        **{f"{question}/tests/{name}": data for name, data in held.items()},
    }


def build_examiner(folder: Path) -> None:
    """Build the examiner's wheel into `folder`, out of a copy."""
    if not (ROOT / "pyproject.toml").is_file():
        raise ExaminerError("A pack can only be made from a clone of the course, not from a wheel of the examiner.")
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "course")
        for name in ("examiner", "backprop"):  # the latter for its version
            shutil.copytree(ROOT / name, copy / name, ignore=ignore)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, copy)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        done = subprocess.run([*command, "-w", folder, copy], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExaminerError(f"The examiner's package could not be built: {done.stderr.strip().splitlines()[-1]}")


def _pins(path: Path) -> str:
    """Return the versions that the course is tested with, of what grading needs; TensorFlow is not among it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ExaminerError(f"{path} is missing: it says which versions of packages grading runs on") from error
    needed = brought_along((PACKAGE,))
    texts = [text for line in lines if (text := line.partition("#")[0].strip())]
    return "".join(f"{text}\n" for text in texts if canonicalize_name(Requirement(text).name) in needed)


def _zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            mode = 0o755 if Path(name).name in PROGRAMS else 0o644
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (0o100000 | mode) << 16
            archive.writestr(entry, data)
    return path
