"""Statements about the two distributions: what each holds, what each brings along, and that each works by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from examiner.commands.simulate import without_markers
from examiner.course import source_notebook
from examiner.course.folders import Course

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
MINUTES = 15 * 60  # an environment is made with packages from the registry
OTHER_PYTHONS = [name for name in ("3.11", "3.12", "3.13") if name != f"{sys.version_info[0]}.{sys.version_info[1]}"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(MINUTES)]

RUN_TO_THE_END = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code" and "raises-exception" not in cell["metadata"].get("tags", []):
        result = shell.run_cell("".join(cell["source"]))
        if not result.success:
            sys.exit(f"cell {cell['id']} ended with {result.error_in_exec or result.error_before_exec!r}")
print("\\nran to the end")
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> dict[str, Path]:
    """The two wheels, by the package that each holds."""
    tree = tmp_path_factory.mktemp("tree")
    for package in ("backprop", "examiner"):
        shutil.copytree(ROOT / package, tree / package, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist"]
    subprocess.run([*build, "./backprop", "."], cwd=tree, check=True, timeout=MINUTES)
    found = {path.name.split("-")[0]: path for path in (tree / "dist").glob("*.whl")}
    return {"backprop": found["backprop_course"], "examiner": found["backprop_examiner"]}


def environment(folder: Path, *install: str, base: str = sys.executable) -> Path:
    """Make a fresh environment with these packages, of the versions that the course is tested with; its Python."""
    subprocess.run([base, "-m", "venv", "--without-pip", folder], check=True, timeout=MINUTES)
    python = folder / "bin" / "python"
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "-c", ROOT / "requirements.txt"]
    subprocess.run([*pip(python), "install", *options, *install], check=True, timeout=MINUTES, cwd=folder)
    return python


def pip(python: Path) -> list[str]:
    """Our own pip, as it works on the environment of `python`: one in each would take longer than what it installs."""
    return [sys.executable, "-m", "pip", "--python", str(python)]


def other_python(version: str) -> str | None:
    """Return a Python of this version, from the PATH or from pyenv, if there is one that works."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for path in [shutil.which(f"python{version}"), *sorted(map(str, pyenv.glob(f"{version}.*/bin/python")))]:
        # Run it: a name on the PATH may be a stub that only says how to install one.
        if path and subprocess.run([path, "-c", "import venv"], capture_output=True, timeout=60).returncode == 0:
            return path
    return None


@pytest.fixture(scope="module")
def student(wheels, tmp_path_factory) -> Path:
    """The Python of an environment in which a student has installed the course."""
    return environment(tmp_path_factory.mktemp("student"), str(wheels["backprop"]))


def files_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def tracked(folder: str, *endings: str) -> set[str]:
    paths = (path for path in (ROOT / folder).rglob("*") if path.suffix in endings)
    return {str(path.relative_to(ROOT)) for path in paths if not {"build", "__pycache__"} & set(path.parts)}


def ran(program: Path | str, *arguments: str, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([program, *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=MINUTES)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_every_folder_of_the_students_package_is_in_its_list_of_packages():
    listed = tomllib.loads((ROOT / "backprop" / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "backprop").rglob("__init__.py")}
    there = {".".join(folder.parts) for folder in folders if "build" not in folder.parts}
    assert set(listed["tool"]["setuptools"]["packages"]) == there


def test_the_students_wheel_holds_the_whole_package_and_nothing_of_the_examiner(wheels):
    files = files_in(wheels["backprop"])
    assert tracked("backprop", ".py", ".js", ".css") <= set(files)
    assert "backprop/py.typed" in files
    assert {name.split("/")[0].split("-")[0] for name in files} == {"backprop", "backprop_course"}


def test_the_examiners_wheel_holds_the_examiner_and_asks_for_the_students(wheels):
    files = files_in(wheels["examiner"])
    assert tracked("examiner", ".py") <= set(files)
    assert not [name for name in files if name.startswith("backprop/")]
    with zipfile.ZipFile(wheels["examiner"]) as archive:
        said = archive.read(next(name for name in files if name.endswith("METADATA"))).decode()
    assert "Requires-Dist: backprop-course[digits]" in said


def test_a_student_needs_neither_nbgrader_nor_tensorflow(student, tmp_path):
    names = ("nbgrader", "tensorflow", "examiner", "sklearn")
    code = f"import importlib.util as u; print([name for name in {names} if u.find_spec(name)])"
    assert ran(student, "-c", code, cwd=tmp_path) == "[]\n"


@pytest.mark.parametrize("name", ["start_here", "one_neuron"])
def test_a_solved_notebook_runs_to_its_end_where_only_the_students_package_is(student, name, tmp_path):
    runs_to_its_end(student, name, tmp_path)


@pytest.mark.parametrize("version", OTHER_PYTHONS)
def test_it_does_with_other_versions_of_python(wheels, version, tmp_path):
    base = other_python(version)
    if base is None:
        pytest.skip(f"there is no Python {version}")
    student = environment(tmp_path / "env", str(wheels["backprop"]), base=base)
    assert ran(student, "-c", "import sys; print('%d.%d' % sys.version_info[:2])", cwd=tmp_path) == f"{version}\n"
    runs_to_its_end(student, "one_neuron", tmp_path)


def runs_to_its_end(student: Path, name: str, tmp_path: Path) -> None:
    course = Course.here(ROOT)
    folder = shutil.copytree(course.release(name), tmp_path / name)
    cells = source_notebook.cells(source_notebook.read(course.notebook(name)))
    solutions = {cell.name: without_markers(cell.source) for cell in cells if cell.role == "solution"}
    path = folder / course.notebook(name).name
    nb = json.loads(path.read_text(encoding="utf-8"))
    for cell in nb["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = solutions.get(grade_id, cell["source"])
    path.write_text(json.dumps(nb), encoding="utf-8")
    (folder / "run_to_the_end.py").write_text(RUN_TO_THE_END, encoding="utf-8")
    said = ran(student, "run_to_the_end.py", path.name, cwd=folder)
    assert said.endswith("ran to the end\n")
    assert "✗" not in said


def test_the_examiner_brings_the_students_package_and_freezes_the_same_tables(wheels, tmp_path):
    python = environment(tmp_path / "env", str(wheels["backprop"]), str(wheels["examiner"]))
    ran(*pip(python), "check", cwd=tmp_path)
    course = tmp_path / "course"
    shutil.copytree(ROOT / "source" / "one_neuron", course / "source" / "one_neuron")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    examiner = python.with_name("examiner")
    assert ran(examiner, "freeze", "--check", "one_neuron", cwd=course) == ""
    assert ran(examiner, "freeze", "one_neuron", cwd=course) == "one_neuron: nothing has changed\n"
