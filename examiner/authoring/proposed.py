"""Propose frozen checks for an nbgrader notebook: what its tests call, with the values that are written there."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from backprop.answers import json_values

from ..course import source_notebook

MOST_CALLS = 6  # that become checks of one exercise: the first is shown, the others are hidden


@dataclass(frozen=True)
class _Answer:
    cell: NotebookNode
    functions: dict[str, str]  # the first line of each docstring


def add_checks(notebook: NotebookNode) -> str:
    """Add to `notebook` a check and hidden tests for each answer whose tests call it; return their [[exercise]] tables.

    "" where there is nothing to propose. The answers get the names that freezing looks for.
    """
    answers = [found for cell in notebook.cells if (found := _answer(cell))]
    names = _names(notebook)
    calls = {id(one.cell): _calls(notebook, one, names) for one in answers}
    asked = [one for one in answers if calls[id(one.cell)][0]]
    if not asked:
        return ""
    words: list[str] = []
    for number, one in enumerate(asked, 1):
        key, (function, asks) = str(number), calls[id(one.cell)]
        one.cell.metadata["nbgrader"]["grade_id"] = f"{source_notebook.SOLUTION_PREFIX}{key}"
        at = next(place for place, cell in enumerate(notebook.cells) if cell is one.cell) + 1
        notebook.cells[at:at] = _cells(key, function, asks)
        words.append(_words(key, function, one.functions[function]))
    first = next(place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    imports = new_code_cell("from backprop import check, given", metadata={"tags": [source_notebook.SETUP_TAG]})
    notebook.cells.insert(first, imports)
    for cell in notebook.cells:  # what freezing has to run before the answers
        if cell.cell_type == "code" and _is_set_up(cell):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), source_notebook.SETUP_TAG]
    return "\n".join(words)


def _answer(cell: NotebookNode) -> _Answer | None:
    meta = cell.metadata.get("nbgrader", {})
    if cell.cell_type != "code" or not meta.get("solution") or meta.get("grade"):
        return None
    tree = _tree(cell.source)
    made = {node.name: _sentence(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    return _Answer(cell, made) if made else None


def _names(notebook: NotebookNode) -> dict:
    """Return what the notebook's imports and answers define: it is the instructor's own code, and runs here."""
    names: dict = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (_answer(cell) or _only_imports(cell.source)):
            with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, "<the notebook>", "exec"), names)
    return names


def _works(call: str, names: dict) -> bool:
    """Whether the solution answers a call, with a value that a table can hold."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            json_values.encode(eval(call, dict(names)))
    except Exception:
        return False
    return True


def _calls(notebook: NotebookNode, one: _Answer, names: dict) -> tuple[str, list[str]]:
    """Return the function of an answer that tests call most, ("", []) for none, and its arguments in each call."""
    found: dict[str, list[str]] = {}
    tests = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    for node in (node for cell in tests if cell.cell_type == "code" for node in ast.walk(_tree(cell.source))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in one.functions:
            if node.keywords or not all(map(_is_written, node.args)):
                continue
            if _works(ast.unparse(node), names):
                found.setdefault(node.func.id, []).append(", ".join(map(ast.unparse, node.args)))
    if not found:
        return "", []
    function = max(found, key=lambda name: len(found[name]))
    longest_first = sorted(dict.fromkeys(found[function]), key=len, reverse=True)  # the shortest say least
    return function, longest_first[:MOST_CALLS]


def _is_written(argument: ast.expr) -> bool:
    """Whether an argument is a value that is written out, or an array of one."""
    if isinstance(argument, ast.Call):
        called = ast.unparse(argument.func)
        return called in ("np.array", "numpy.array") and not argument.keywords and all(map(_is_written, argument.args))
    try:
        ast.literal_eval(argument)
    except (ValueError, SyntaxError, TypeError):
        return False
    return True


def _cells(key: str, function: str, asks: list[str]) -> list[NotebookNode]:
    keys = [key, *(f"{key}.{number}" for number in range(1, len(asks)))]
    lines = ["# Removed from the release. Only `examiner freeze` runs this: it makes the inputs of the checks."]
    lines += ["from examiner.inputs import freeze_inputs", ""]
    lines += [f'freeze_inputs("{one}", {ask or "()"})' for one, ask in zip(keys, asks, strict=True)]
    tests = [_check(one, function, ask) for one, ask in zip(keys, asks, strict=True)]
    cells = [new_code_cell("\n".join(lines), metadata={"tags": [source_notebook.EXAMINER_TAG]})]
    cells.append(_test(f"{source_notebook.CHECK_PREFIX}{key}", tests[0]))
    if tests[1:]:
        hidden = ["### BEGIN HIDDEN TESTS", *tests[1:], "### END HIDDEN TESTS"]
        cells.append(_test(f"{source_notebook.HIDDEN_PREFIX}{key}", "\n".join(hidden)))
    return cells


def _check(key: str, function: str, ask: str) -> str:
    several = isinstance(ast.parse(f"f({ask})", mode="eval").body, ast.Call) and len(_arguments(ask)) != 1
    return f'check("{key}", lambda: {function}({"*" if several else ""}given("{key}")))'


def _arguments(ask: str) -> list[ast.expr]:
    call = ast.parse(f"f({ask})", mode="eval").body
    assert isinstance(call, ast.Call)
    return call.args


def _test(name: str, source: str) -> NotebookNode:
    meta = {"grade_id": name, "grade": True, "locked": True, "solution": False, "task": False}
    return new_code_cell(source, metadata={"nbgrader": meta | {"points": 0, "schema_version": 3}})


def _words(key: str, function: str, holds: str) -> str:
    said = {
        "key": key,
        "title": function,
        "function": function,
        "holds": holds,
        "hint": "Go through the formula of the lesson, one step after the other.",
        "ask": f"What should {function} give for the smallest input that you can think of?",
    }
    return "[[exercise]]\n" + "".join(
        f"{name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in said.items()
    )


def _is_set_up(cell: NotebookNode) -> bool:
    """Whether a cell, which no one is graded for, does nothing but import."""
    graded = cell.metadata.get("nbgrader", {})
    tagged = {source_notebook.SETUP_TAG, source_notebook.EXAMINER_TAG} & set(cell.metadata.get("tags", []))
    return _only_imports(cell.source) and not tagged and not graded.get("solution")


def _only_imports(source: str) -> bool:
    body = _tree(source).body
    return bool(body) and all(isinstance(node, ast.Import | ast.ImportFrom) for node in body)


def _sentence(node: ast.FunctionDef) -> str:
    said = (ast.get_docstring(node) or "").strip().split("\n")[0]
    return said or f"what {node.name} should return."


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])
