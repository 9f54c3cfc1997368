"""Of a cell in which a line failed, run what stands alone below it: imports, functions and classes.

A line for another machine at the top of a cell (`from google.colab import drive`) is no reason that NumPy is not
imported in the next.
"""

from __future__ import annotations

import ast

ALONE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
MOST_FAILURES = 20
STOPS = (SystemExit, KeyboardInterrupt, MemoryError)  # whoever raises these wants no more of the cell


def run_rest(shell, source: str, result) -> None:
    """Run what stands alone below the line in which `result`, of running `source`, says that the cell failed."""
    source = shell.transform_cell(source)
    for _ in range(MOST_FAILURES):
        error = result.error_in_exec
        if not isinstance(error, Exception) or isinstance(error, STOPS) or shell.ended:
            return
        source = _below(source, _line(error, shell))
        if not source:
            return
        result = shell.run_cell(source, store_history=False)


def _line(error: BaseException, shell) -> int:
    """Return the line of the cell in which an error arose; 0 where it was none of its lines."""
    step = error.__traceback__
    while step and not (step.tb_frame.f_globals is shell.user_ns and step.tb_frame.f_code.co_name == "<module>"):
        step = step.tb_next
    return step.tb_lineno if step else 0


def _below(source: str, line: int) -> str:
    """Return what stands alone below a line, with every line at its number."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return ""
    lines = source.split("\n")
    kept, found = ["#"] * len(lines), False  # IPython would take empty lines off the top
    for statement in statements if line else ():
        first = min([statement.lineno, *(part.lineno for part in getattr(statement, "decorator_list", ()))])
        last = statement.end_lineno or first
        if first > line and isinstance(statement, ALONE):
            kept[first - 1 : last] = lines[first - 1 : last]
            found = True
    return "\n".join(kept) if found else ""
