"""Statements about the two packages: what importing costs, who may import whom, and that they know no assignment."""

from __future__ import annotations

import ast
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from examiner.sandbox import bubblewrap

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("tensorflow", "keras", "sklearn", "IPython", "matplotlib", "nbformat", "nbgrader", "scipy", "pandas")
ONLY_HERE = {**os.environ, "PYTHONPATH": "."}  # the packages of the folder in which a command runs, no others
IMPORTERS = ("__import__", "import_module")
MODULES = {package: sorted((ROOT / package).rglob("*.py")) for package in ("backprop", "examiner")}
ALL = [pytest.param(path, id=str(path.relative_to(ROOT))) for paths in MODULES.values() for path in paths]


def imported(path: Path) -> set[str]:
    """Return the full names of all modules that a file imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{'.' * node.level}{node.module or ''}"}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in IMPORTERS:
            names |= {str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)}
    return names


def loaded_by(statement: str) -> list[str]:
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(ran.stdout)


def test_importing_backprop_imports_nothing_heavy():
    modules = loaded_by("import backprop")
    assert "numpy" in modules
    assert not {name.split(".")[0] for name in modules} & set(HEAVY)


def test_importing_backprop_imports_no_examiner():
    assert not [name for name in loaded_by("import backprop") if name.split(".")[0] == "examiner"]


def test_there_are_modules_to_look_at():
    assert len(MODULES["backprop"]) > 10
    assert len(MODULES["examiner"]) > 5
    assert "numpy" in imported(ROOT / "backprop" / "answers" / "compare.py")


@pytest.mark.parametrize("path", MODULES["backprop"], ids=lambda path: path.name)
def test_backprop_never_imports_the_examiner(path):
    deepest = len(path.relative_to(ROOT).parts) - 1  # dots that still lead to a place inside the package
    names = imported(path)
    assert not [name for name in names if name.lstrip(".").split(".")[0] == "examiner"]
    assert not [name for name in names if len(name) - len(name.lstrip(".")) > deepest]


def assignments() -> dict[str, set[str]]:
    """Return the telling names of functions that each assignment asks for, by the assignment's name."""
    found = {}
    for words in sorted((ROOT / "source").glob("*/misconceptions.toml")):
        exercises = tomllib.loads(words.read_text(encoding="utf-8")).get("exercise", [])
        names = {name for exercise in exercises for name in re.findall(r"\w+", exercise.get("function", ""))}
        found[words.parent.name] = {name for name in names if "_" in name}  # "cost" may stand for anything
    return found


def without_docstrings(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@pytest.mark.parametrize("path", ALL)
def test_no_module_names_an_assignment_or_a_function_of_one(path):
    text, code = path.read_text(encoding="utf-8"), without_docstrings(path)
    for assignment, functions in assignments().items():
        assert assignment not in text
        if "widgets" in path.parts:
            continue  # a widget takes a student's functions under the names that its lesson gives them
        for function in functions:  # a docstring may take its example from the lesson
            assert not re.search(rf"\b{function}\b", code), function


@pytest.mark.parametrize("path", ALL)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


CALLED = {"IPython": "ipython", "jupyter_core": "jupyter-core", "sklearn": "scikit-learn"}  # by a registry
DOES_WITHOUT = {"psutil"}  # in backprop/setup_check.py: a look that is left out where it is not there


@pytest.mark.parametrize(("package", "file"), [("backprop", "backprop/pyproject.toml"), ("examiner", "pyproject.toml")])
def test_what_is_imported_is_declared(package, file):
    project = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.match(r"[\w.-]+", one)[0] for some in lists for one in some}
    tops = {name.split(".")[0] for path in MODULES[package] for name in imported(path)} - {""}
    others = tops - sys.stdlib_module_names - DOES_WITHOUT - set(MODULES)
    assert {CALLED.get(name, name) for name in others} <= declared


@pytest.mark.parametrize("file", ["backprop/pyproject.toml", "pyproject.toml"])
def test_the_versions_of_python_are_named(file):
    found = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["project"]["classifiers"]
    assert [one[-4:] for one in found if "Python :: 3." in one] == ["3.11", "3.12", "3.13"]


USED_ELSEWHERE = {"grade_one", "__dir__"}  # by tests, which grade one student in their own process, and by Python


def defined(tree: ast.Module) -> set[str]:
    """Return the names that a module itself defines."""
    nodes = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    stored = [part for node in assigned for part in ast.walk(node) if isinstance(part, ast.Name)]
    return {node.name for node in nodes} | {part.id for part in stored if isinstance(part.ctx, ast.Store)}


def test_every_name_of_a_module_is_used():
    # Tests compare what is in `model.py` with what the browser has; `messages.py` says what crosses the wire.
    users = [*(path for paths in MODULES.values() for path in paths), ROOT / "nbgrader_config.py"]
    texts = [path.read_text(encoding="utf-8") for path in users]
    more = [*(ROOT / "tools").rglob("*.py"), *(ROOT / "source").rglob("*.ipynb"), *(ROOT / "backprop").glob("*.toml")]
    texts += [path.read_text(encoding="utf-8") for path in more]
    counts = collections.Counter(word for text in texts for word in re.findall(r"\w+", text))
    looked_at = [path for path in users[:-1] if path.name not in ("model.py", "messages.py")]
    left = {(str(path), name) for path in looked_at for name in defined(ast.parse(path.read_text(encoding="utf-8")))}
    assert not sorted(one for one in left if counts[one[1]] < 2 and one[1] not in USED_ELSEWHERE)


def test_no_function_is_written_twice():
    seen: dict[str, str] = {}
    for path in (path for paths in MODULES.values() for path in paths):
        for node in ast.walk(ast.parse(without_docstrings(path))):
            if isinstance(node, ast.FunctionDef) and len(ast.unparse(node.body)) > 60:
                text = f"{ast.unparse(node.args)}: {ast.unparse(node.body)}"
                assert text not in seen, f"{node.name} in {path} is in {seen[text]} too"
                seen[text] = str(path)


# A student's own cell is run again; what an answer assigns to is looked up, and a line of it is changed for one call,
# where the answer itself runs.
RUN_ITS_PARTS = ("again.py", "steps.py", "one_change.py")


@pytest.mark.parametrize("path", ALL)
def test_no_module_reads_pickles_and_backprop_runs_no_text_but_the_students_own_cell(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not imported(path) & {"pickle", "marshal", "shelve", "dill"}
    if path.is_relative_to(ROOT / "backprop") and path.name not in RUN_ITS_PARTS and "widgets" not in path.parts:
        assert not calls & {"eval", "exec", "compile", "__import__"}


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
RUNS_NOTHING = "What cleans, freezes and reads runs no student's code"
MOUNTED = "What is mounted beside a student's code reaches nothing else"
SHARED = "A widget uses what all widgets share, and errors"
TOWARDS = "From what an instructor types down to "
BREAKS = [  # a line at the end of a module, what it imports, and the contract that it breaks
    ("examiner/runner/limits.py", "from ..judging import proxy", f"{TOWARDS}what runs beside the student's code"),
    ("examiner/nodes.py", "from . import regular_files", f"{TOWARDS}what runs beside the student's code"),
    ("examiner/course/times.py", "from ..submission import notes", f"{TOWARDS}the course on the disk"),
    ("examiner/regular_files.py", "from .course import times", f"{TOWARDS}the course on the disk"),
    ("examiner/submission/notes.py", "from ..judging import ways", RUNS_NOTHING),
    ("examiner/guest/points.py", "from .. import inputs", MOUNTED),
    ("backprop/session.py", "from examiner import errors", "A student's package knows nothing of the examiner"),
    ("backprop/widgets/network_cost/map.py", "from ..cost_contour import picture", "A widget uses no other widget"),
    ("backprop/widgets/cost_contour/model.py", "from ... import check", SHARED),
]


def linted(folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, env=ONLY_HERE)
    return ran.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for package in MODULES:
        shutil.copytree(ROOT / package, folder / package)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def broken(copy) -> str:
    """What is said where every contract is broken at once."""
    assert f"{len(CONTRACTS)} kept, 0 broken" in linted(copy)
    for module, line, _ in BREAKS:
        with (copy / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    return linted(copy).split("Broken contracts")[1]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "line", "contract"), BREAKS)
def test_an_import_that_goes_upward_is_named(module, line, contract, broken):
    importer = module.removesuffix(".py").replace("/", ".")
    said = broken.split(f"\n{contract}\n---")[1].split("\n---")[0]  # up to the line below the next contract's name
    assert re.search(rf"{re.escape(importer)} -> [\w.]*\b{line.split()[-1]}\b", said)


def test_every_contract_is_broken_once():
    assert {contract for *_, contract in BREAKS} == {contract["name"] for contract in CONTRACTS}


def test_what_is_mounted_and_what_is_a_widget_may_reach_nothing_that_is_not_said():
    reach = {contract["name"]: set(contract.get("forbidden_modules", ())) for contract in CONTRACTS}
    for contract, package, allowed in (
        (MOUNTED, "examiner", bubblewrap.PARTS),
        (SHARED, "backprop", ("__init__.py", "errors.py", "widgets")),
    ):
        parts = {path for path in (ROOT / package).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
        others = {path.stem for path in parts if path.name not in allowed}
        assert reach[contract] == {f"{package}.{other}" for other in others}
