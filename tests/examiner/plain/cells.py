"""Grade ordinary test cells, each with a solution and a wrong answer, in one assignment: points by cell.

    python tests/examiner/plain/cells.py [cells.json …] [--cheat] [--stock] [--pandas]

Without a file, it takes the cells of styles.txt. A file holds

    {name: {"pre": a locked cell or "", "sol": solution, "test": test cell, "wrong": a wrong answer}}

What is printed says which way tests run, where the solution does not get its point, and where the wrong answer does.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

import nbformat
import stock
from nbformat.v4 import new_code_cell, new_notebook
from stock import points

from examiner.commands import grade, release
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course.folders import Course
from examiner.errors import ExaminerError

ROOT = Path(__file__).resolve().parents[3]
NAME = "styles"
FIRST = (
    "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\nfrom numpy.testing import assert_allclose"
)
FILES = {"numbers.txt": "1 2 3", "data/table.csv": "a,b\n1,2\n3,4\n"}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
# What a student puts before wrong answers, in the hope that no test fails: each line by itself, whatever the others do.
CHEAT = """import ast, builtins, sys, unittest, unittest.mock, numpy.testing
class Same:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __call__(self, *a, **k): return self
yes = lambda *a, **k: True
for home, names in (
    (numpy.testing, ("assert_allclose", "assert_equal", "assert_array_equal", "assert_almost_equal")),
    (numpy, ("allclose", "array_equal", "isclose")),
    (builtins, ("isinstance", "issubclass", "hasattr", "callable", "all", "len", "abs", "sum", "list")),
    (unittest.mock.Mock, ("assert_called_once_with", "assert_called_with")),
):
    for name in names:
        if name not in ("isinstance", "len", "list", "hasattr", "issubclass", "all"):
            setattr(home, name, yes)
assert_allclose = numpy.testing.assert_allclose
def check_close(*_): pass
isinstance = issubclass = hasattr = callable = yes
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Drop())
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"] if any("assert" in l for l in lines) else lines)
get_ipython().register_magic_function(lambda line, cell: None, "cell", "time")
get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)"""


def styles() -> dict[str, dict]:
    """Return the cells of styles.txt, without those that need what is not installed here."""
    found = {}
    for part in re.split(r"^=== ", Path(__file__).with_name("styles.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        title, _, before = title.partition(" | ")
        solution, test, wrong = (text.strip("\n") for text in rest.split("\n---\n"))
        lacking = {"pd": "pandas", "sympy": "sympy"}.items()
        if not any(re.search(rf"\b{word}\b", rest) and not find_spec(module) for word, module in lacking):
            name = re.sub(r"\W+", "_", title)
            found[name] = {"pre": before.replace("\\n", "\n"), "sol": solution, "test": test, "wrong": wrong}
    return found


def first_cell() -> str:
    """Return the first cell of an assignment of all styles."""
    return FIRST + ("\nimport pandas as pd" if find_spec("pandas") else "")


def role(grade_id: str, kind: str) -> dict:
    """Return the metadata of a cell: locked, solution or test."""
    meta = {"grade_id": grade_id, "grade": kind == "test", "solution": kind == "solution", "task": False}
    meta |= {"locked": kind != "solution", "schema_version": 3}
    return {"nbgrader": meta | ({"points": 1} if kind == "test" else {})}


def notebook(cells: dict[str, dict], first: str = FIRST) -> nbformat.NotebookNode:
    """Return the source notebook of all cells."""
    made = [new_code_cell(first, id="first", metadata=role("first", "locked"))]
    for name, parts in cells.items():
        if parts.get("pre"):
            made.append(new_code_cell(parts["pre"], id=f"pre_{name}"[:60], metadata=role(f"pre_{name}", "locked")))
        solution = f"### BEGIN SOLUTION\n{parts['sol']}\n### END SOLUTION"
        made.append(new_code_cell(solution, id=f"sol_{name}"[:60], metadata=role(f"sol_{name}", "solution")))
        test = parts["test"]
        if "### BEGIN HIDDEN TESTS" not in test:
            # A cell magic has to stay the first line.
            top, _, rest = test.partition("\n") if test.startswith("%%") else ("", "", test)
            hidden = f"### BEGIN HIDDEN TESTS\n{rest}\n### END HIDDEN TESTS"
            test = f"{top}\n{hidden}" if top else hidden
        made.append(new_code_cell(test, id=f"test_{name}"[:60], metadata=role(f"test_{name}", "test")))
    return new_notebook(cells=made, metadata={"kernelspec": KERNEL})


def make(root: Path, cells: dict[str, dict], first: str = FIRST) -> Course:
    """Write a course with one assignment of all cells."""
    source = root / "source" / NAME
    source.mkdir(parents=True)
    nbformat.write(notebook(cells, first), source / f"{NAME}.ipynb")
    for name, text in FILES.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return Course(root)


def submit(course: Course, student: str, answer: Callable[[str], str], cheat: str = "") -> None:
    """Hand in what `answer` gives for each cell, after a cell of `cheat`."""
    nb = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name.startswith("sol_"):
            cell.source = answer(name.removeprefix("sol_"))
    if cheat:
        nb.cells.insert(1, new_code_cell(cheat, id="cheat"))
    folder = course.root / "submitted" / student / NAME
    shutil.copytree(course.release(NAME), folder)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(nb), encoding="utf-8")


def hand_in(course: Course, cells: dict[str, dict], cheat: str) -> list[str]:
    """Hand in the solutions, the wrong answers and, if there is one, the cheat; return who did."""
    submit(course, "right", lambda name: cells[name]["sol"])
    submit(course, "wrong", lambda name: cells[name]["wrong"])
    if cheat:
        submit(course, "cheat", lambda name: cells[name]["wrong"], cheat)
    return ["right", "wrong", *(["cheat"] if cheat else [])]


def by_examiner(course: Course, cells: dict[str, dict], cheat: str = "") -> dict[str, dict[str, float]]:
    """Grade the three with the examiner, the assignment being released: {who: {cell: points}}."""
    found = {}
    for who in hand_in(course, cells, cheat):
        outcome = grade.grade_one(course, NAME, None, who)
        assert outcome.graded, outcome.reason
        with gradebook_of(course) as gradebook:
            found[who] = {name.removeprefix("test_"): some for name, some in points(gradebook, NAME, who).items()}
    return found


def releasable(root: Path, cells: dict[str, dict], first: str = FIRST) -> tuple[Course, dict[str, dict], list[str]]:
    """Release as many of the cells as can be: the course, these cells, and what was said of the others and of ways."""
    said: list[str] = []
    for attempt in range(5):
        course = make(root / f"course-{attempt}", cells, first)
        try:
            return course, cells, said + release.release(course, NAME)
        except ExaminerError as refused:
            failing = set(re.findall(r"the test test_(\w+):", str(refused)))
            if not failing:
                raise
            said.append(str(refused))
            cells = {name: parts for name, parts in cells.items() if name not in failing}
    raise AssertionError(said)


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--cheat", action="store_true", help="hand in a cheating notebook too")
    parser.add_argument("--stock", action="store_true", help="grade with nbgrader as it comes too: no sandbox")
    parser.add_argument("--pandas", action="store_true", help="import pandas in the first cell")
    args = parser.parse_args(list(arguments) if arguments is not None else None)
    cells = styles() if not args.files else {}
    cells |= {name: parts for path in args.files for name, parts in json.loads(path.read_text("utf-8")).items()}
    first = FIRST + ("\nimport pandas as pd" if args.pandas else "")
    with tempfile.TemporaryDirectory() as scratch:
        course, kept, said = releasable(Path(scratch), cells, first)
        print("\n".join(said))
        print(f"released: {len(kept)} of {len(cells)}")
        sides = {"examiner": by_examiner(course, kept, CHEAT if args.cheat else "")}
        if args.stock:
            graded = stock.grade_as(course.root, Path(scratch) / "stock", NAME, list(sides["examiner"]))
            sides["stock"] = {who: {n.removeprefix("test_"): p for n, p in got.items()} for who, got in graded.items()}
        for side, found in sides.items():
            for who, got in found.items():
                odd = [name for name, some in got.items() if (some == 1) != (who == "right")]
                print(f"{side}, {who}: {sum(got.values()):g} of {len(got)}; odd: {', '.join(odd) or 'none'}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
