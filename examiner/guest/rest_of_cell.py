"""Of a cell in which a line failed, run what stands alone below it: imports, functions and classes, constants, seeds.

A line for another machine at the top of a cell (`from google.colab import drive`) is no reason that NumPy is not
imported in the next, or that `n_h = 4` is missing.

No wrong answer becomes right by it. A constant is bound only where it is what the whole cell would have left, and
where nbgrader would have found no such name at all:

- A name that is already there keeps its value, be that right or wrong: nothing is replaced.
- A name that another line below binds, counts up or fills would have another value in the end, so it is left out. So is
  what things are counted up from in a later cell: 0, False, None, an empty text, a list of zeros.
- Nothing is bound below a line that says stop: a `raise`, an `assert`, or an answer that was never written and raises
  `NotImplementedError`. There a constant may have been handed out with it.

A seed chooses random numbers, the same that everybody gets who writes it; an answer that is wrong with them stays so.
"""

from __future__ import annotations

import ast
from collections.abc import Container

ALONE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SEEDS = ("seed", "set_seed", "manual_seed")
GENERATORS = ("default_rng", "RandomState", "Random")
MOST_FAILURES = 20
STOPS = (SystemExit, KeyboardInterrupt, MemoryError)  # whoever raises these wants no more of the cell


def run_rest(shell, source: str, result) -> None:
    """Run what stands alone below the line in which `result`, of running `source`, says that the cell failed."""
    source = shell.transform_cell(source)
    for _ in range(MOST_FAILURES):
        error = result.error_in_exec
        if not isinstance(error, Exception) or isinstance(error, STOPS) or shell.ended:
            return
        source = _below(source, _line(error, shell), shell.user_ns, isinstance(error, NotImplementedError))
        if not source:
            return
        result = shell.run_cell(source, store_history=False)


def _line(error: BaseException, shell) -> int:
    """Return the line of the cell in which an error arose; 0 where it was none of its lines."""
    step = error.__traceback__
    while step and not (step.tb_frame.f_globals is shell.user_ns and step.tb_frame.f_code.co_name == "<module>"):
        step = step.tb_next
    return step.tb_lineno if step else 0


def _below(source: str, line: int, known: Container[str] = (), unwritten: bool = False) -> str:
    """Return what stands alone below a line, with every line at its number; names that are `known` stay."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return ""
    lines = source.split("\n")
    kept, found = ["#"] * len(lines), False  # IPython would take empty lines off the top
    below = [statement for statement in statements if line and _first(statement) > line]
    constants = [] if unwritten or _stops(statements, line) else _constants(below, known)
    for statement in below:
        first, last = _first(statement), statement.end_lineno or statement.lineno
        if isinstance(statement, ALONE) or statement in constants:
            kept[first - 1 : last] = lines[first - 1 : last]
            found = True
    return "\n".join(kept) if found else ""


def _first(statement: ast.stmt) -> int:
    return min([statement.lineno, *(part.lineno for part in getattr(statement, "decorator_list", ()))])


def _stops(statements: list[ast.stmt], line: int) -> bool:
    """Tell whether a line is one with which somebody stops a cell."""
    nodes = (node for statement in statements for node in ast.walk(statement))
    stops = (node for node in nodes if isinstance(node, ast.Raise | ast.Assert))
    return any(node.lineno <= line <= (node.end_lineno or node.lineno) for node in stops)


def _constants(below: list[ast.stmt], known: Container[str]) -> list[ast.stmt]:
    """Return the statements that seed, or that bind names to what they would be bound to at the end of the cell."""
    bound = {statement: names for statement in below if (names := _bound(statement))}
    others = [name for one in below if one not in bound and not isinstance(one, ALONE) for name in _named(one)]
    defined = [name for one in below if isinstance(one, ALONE) for name in _stored(one)]
    again = [name for names in bound.values() for name in names]
    taken = {*others, *defined, *(name for name in again if again.count(name) > 1)}
    fine = [one for one, names in bound.items() if not any(name in known or name in taken for name in names)]
    return [*fine, *(one for one in below if isinstance(one, ast.Expr) and _is_made(one.value, SEEDS))]


def _bound(statement: ast.stmt) -> list[str]:
    """Return the names that a statement binds to constants; none where it does anything else."""
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value:
        targets, value = [statement.target], statement.value
    else:
        return []
    if not (_is_made(value, GENERATORS) or _is_literal(value)):
        return []
    names = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return [name.id for name in names if isinstance(name, ast.Name)] if all(map(_is_name, names)) else []


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name)


def _is_literal(node: ast.expr) -> bool:
    """Tell whether a value is written down, and is nothing that is counted up or filled from."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False
    return _counts(value) and not (isinstance(value, tuple) and not all(value))


def _counts(value: object) -> bool:
    """Tell whether there is anything in a value but zeros and the like."""
    if isinstance(value, dict):
        value = list(value.values())
    return any(map(_counts, value)) if isinstance(value, list | tuple | set) else bool(value)


def _is_made(node: ast.expr, by: tuple[str, ...]) -> bool:
    """Tell whether a value comes from calling something of this name in a module, on what is written down."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in by):
        return False
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    return bool(arguments) and all(isinstance(one, ast.Constant) for one in arguments)


def _named(statement: ast.stmt) -> set[str]:
    """Return all names in a statement."""
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} | _stored(statement)


def _stored(statement: ast.stmt) -> set[str]:
    """Return the names that a statement may bind in the notebook."""
    names: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Global):
            names |= {*node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return names
