"""Propose frozen checks for an nbgrader notebook: what its tests call, with the values that they hand over."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from ..course import source_notebook
from . import recorded_calls
from .cells import test

MOST_CALLS = 6  # of a function that become checks: the first of the most called one is shown, all others are hidden


@dataclass(frozen=True)
class _Answer:
    cell: NotebookNode
    functions: dict[str, str]  # the first line of each docstring


def add_checks(notebook: NotebookNode) -> tuple[str, list[str]]:
    """Add to `notebook` a check and hidden tests for each answer whose tests call it.

    Returns the [[exercise]] tables of these, "" where there is nothing to propose; and what tests call that could not
    be used, each with the reason. The answers get the names that freezing looks for. All of the notebook's code is
    run: it is the instructor's own.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    answers = [found for cell in code if (found := _answer(cell))]
    functions = {id(one.cell): one.functions for one in answers}
    calls, left = recorded_calls.calls((cell.source, functions.get(id(cell), ())) for cell in code)
    words: list[str] = []
    for one in answers:
        asks = {name: calls[name] for name in one.functions if name in calls}
        if not asks:
            continue
        key = str(len(words) + 1)
        one.cell.metadata["nbgrader"]["grade_id"] = f"{source_notebook.SOLUTION_PREFIX}{key}"
        at = next(place for place, cell in enumerate(notebook.cells) if cell is one.cell) + 1
        notebook.cells[at:at] = _cells(key, _chosen(asks))
        words.append(_words(key, ", ".join(asks), "; ".join(one.functions[name] for name in asks)))
    if not words:
        return "", left
    imports = new_code_cell("from backprop import check, given", metadata={"tags": [source_notebook.SETUP_TAG]})
    notebook.cells.insert(notebook.cells.index(code[0]), imports)
    for cell in notebook.cells:  # what freezing has to run before the answers
        if cell.cell_type == "code" and _is_set_up(cell):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), source_notebook.SETUP_TAG]
    return "\n".join(words), left


def _chosen(asks: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the calls that become checks, functions with their arguments: of the most called function first."""
    most_first = sorted(asks, key=lambda name: len(asks[name]), reverse=True)
    longest_first = {name: sorted(some, key=len, reverse=True) for name, some in asks.items()}  # the shortest say least
    return [(name, ask) for name in most_first for ask in longest_first[name][:MOST_CALLS]]


def _answer(cell: NotebookNode) -> _Answer | None:
    meta = cell.metadata.get("nbgrader", {})
    if cell.cell_type != "code" or not meta.get("solution") or meta.get("grade"):
        return None
    tree = _tree(cell.source)
    made = {node.name: _sentence(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    return _Answer(cell, made) if made else None


def _cells(key: str, asks: list[tuple[str, str]]) -> list[NotebookNode]:
    keys = [key, *(f"{key}.{number}" for number in range(1, len(asks)))]
    lines = ["# Removed from the release. Only `examiner freeze` runs this: it makes the inputs of the checks."]
    lines += ["import numpy as np", ""] if any("np." in ask for _, ask in asks) else []
    lines += ["from examiner.inputs import freeze_inputs", ""]
    lines += [f'freeze_inputs("{one}", {ask or "()"})' for one, (_, ask) in zip(keys, asks, strict=True)]
    tests = [_check(one, function, ask) for one, (function, ask) in zip(keys, asks, strict=True)]
    cells = [new_code_cell("\n".join(lines), metadata={"tags": [source_notebook.EXAMINER_TAG]})]
    cells.append(test(f"{source_notebook.CHECK_PREFIX}{key}", tests[0], 0))
    if tests[1:]:
        hidden = ["### BEGIN HIDDEN TESTS", *tests[1:], "### END HIDDEN TESTS"]
        cells.append(test(f"{source_notebook.HIDDEN_PREFIX}{key}", "\n".join(hidden), 0))
    return cells


def _check(key: str, function: str, ask: str) -> str:
    several = isinstance(ast.parse(f"f({ask})", mode="eval").body, ast.Call) and len(_arguments(ask)) != 1
    return f'check("{key}", lambda: {function}({"*" if several else ""}given("{key}")))'


def _arguments(ask: str) -> list[ast.expr]:
    call = ast.parse(f"f({ask})", mode="eval").body
    assert isinstance(call, ast.Call)
    return call.args


def _words(key: str, function: str, holds: str) -> str:
    said = {
        "key": key,
        "title": function,
        "function": function,
        "holds": holds,
        "hint": "Go through the formula of the lesson, one step at a time.",
        "ask": f"What should {function} return for the smallest input you can think of?",
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
