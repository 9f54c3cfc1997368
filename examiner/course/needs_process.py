"""Tell from a test's text that it asks for something which is lost when values are copied to another process.

There a solution passes, and so may a wrong answer: it gets copies, so what it does to them is not seen, and it runs
elsewhere, so what a test does to its own process does not reach it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

from backprop.again import parsed
from backprop.answers.changes import CHANGING, first_name

from .cell_names import PYTHONS, Owned, bound, imported, imports_of
from .parts import parts_of_others, reached

CHANGES = CHANGING | {"add", "discard"}
SIMPLE = (ast.Assert, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Return)
BRANCHES = (ast.If, ast.While, ast.IfExp)
COMPARES = {"allclose", "array_equal", "array_equiv", "equals"}
COLUMNS = {"pd", "pandas", "DataFrame", "Series"}  # with these in a test, an answer may well be a column of a table
CONTAINERS = {"dict", "list", "set", "tuple"}
BINDS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef)
HEARD = {("sys", "stdout"), ("sys", "stderr")}  # what an answer prints is heard in both

SAME = "it asks whether two things are the same object"
TIME = "it measures time"
AFTER = "it looks at a value after it has passed it on"
SHARED = "it changes a value that the answer may share"
LOOKS = "it looks into the process, at its files or at its figures"
KIND = "it asks for a type, and a similar type would arrive as that one"
REPLACED = "it replaces something that an answer may use"
REBOUND = "it changes a name in the notebook that an answer may read"

WORDS = (
    ("id shares_memory may_share_memory getrefcount weakref base", SAME),
    ("perf_counter process_time monotonic timeit perf_counter_ns time_ns default_timer alarm setitimer", TIME),
    ("globals locals dir get_ipython In Out modules inspect dis gc tracemalloc __cause__ __context__", LOOKS),
    ("flags strides isfortran logging assertLogs assertNoLogs gca gcf get_fignums", LOOKS),
    ("exists is_file is_dir isfile isdir listdir iterdir scandir glob", LOOKS),
    ("patch MonkeyPatch setattr delattr errstate seterr setrecursionlimit chdir", REPLACED),
)


def needs_process(
    source: str,
    owned: Owned,
    before: Collection[str] = (),
    helpers: Iterable[ast.FunctionDef] = (),
    modules: Collection[str] = (),
) -> str:
    """Return why a test has to run in the student's process, in words; "" where nothing in it says so.

    `before` are names that cells other than tests have bound, `modules` those of modules, and `helpers` the source's
    functions that the test calls.
    """
    tree = parsed(source)[1]
    words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    words |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if any(_is_identity(node) for node in ast.walk(tree)):
        return SAME
    for some, why in WORDS:
        if words & set(some.split()):
            return why
    if ("ndarray" in words and words & COLUMNS) or any(_asks_for_container(node) for node in ast.walk(tree)):
        return KIND
    if any(isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "time" for node in ast.walk(tree)):
        return TIME
    if bound(source) & PYTHONS or any(_replaces(node, owned, imported(source)) for node in ast.walk(tree)):
        return REPLACED
    again = {name for node in tree.body if isinstance(node, BINDS) for name in bound(ast.unparse(node))}
    if again & set(before):
        return REBOUND
    known = {*modules, *modules_named(source)} | PYTHONS
    trusted = owned.sources | imported(source) | known
    return next((why for one in [*helpers, tree] if (why := _looks_back(one, owned, trusted, known))), "")


def modules_named(source: str) -> set[str]:
    """Return the names that a cell gives to modules."""
    return {name for name, (_, part) in imports_of([source]).items() if not part}


def _looks_back(tree: ast.AST, owned: Owned, trusted: frozenset[str], modules: Collection[str]) -> str:
    """Return why code has to see what the student's code does to its values; "" where nothing in it says so."""
    trusted -= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    handed: set[str] = set()  # to the student's code
    came: set[str] = set()  # from it
    inside = parts_of_others(tree)
    for statement in _statements(tree):
        if _changed(statement) & (handed | came | owned.students):
            return SHARED
        calls = _calls(statement, trusted)
        if not calls and _looks_at(statement, handed, came):
            return AFTER
        given = {name for call in calls for part in [*call.args, *call.keywords] for name in _handed(part)}
        handed |= reached(given.difference(modules), inside)
        if isinstance(statement, ast.Assign) and calls:
            came |= {node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return ""


def _replaces(node: ast.AST, owned: Owned, imports: Collection[str]) -> bool:
    """Tell whether a part of a test sets or takes away a part of what is the source's, of a module as a rule."""
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign):
        targets = [node.target]
    else:
        return False
    parts = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return any(
        isinstance(one, ast.Attribute | ast.Subscript)
        and first_name(one) in owned.sources | set(imports)
        and not (isinstance(one, ast.Attribute) and (first_name(one), one.attr) in HEARD)
        for one in parts
    )


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Return the simple statements of a test, those in blocks too, in order; what is asked step by step, in steps."""
    found: list[ast.stmt] = []
    for node in ast.walk(tree):
        if isinstance(node, BRANCHES):
            found.append(ast.copy_location(ast.Expr(node.test), node))
        elif isinstance(node, ast.Assert) and isinstance(node.test, ast.BoolOp):
            found += [ast.copy_location(ast.Assert(part), part) for part in node.test.values]
        elif isinstance(node, SIMPLE):
            found.append(node)
    return iter(sorted(found, key=lambda node: (node.lineno, node.col_offset)))


def _is_identity(node: ast.AST) -> bool:
    """Tell whether a comparison asks for the same object, and not for None, True or a type of Python's."""
    if not isinstance(node, ast.Compare) or not any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
        return False
    sides = [node.left, *node.comparators]
    return not any(isinstance(one, ast.Constant) or (isinstance(one, ast.Name) and one.id in PYTHONS) for one in sides)


def _asks_for_container(node: ast.AST) -> bool:
    """Tell whether a comparison asks for the very type of a container: a `Counter` would arrive as a `dict`."""
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    names = [one.id for one in sides if isinstance(one, ast.Name)]
    return bool(CONTAINERS.intersection(names)) and any(isinstance(one, ast.Call) for one in sides)


def _calls(node: ast.AST, trusted: frozenset[str]) -> list[ast.Call]:
    """Return the calls of what is not the source's: of the student's functions, and of methods of their objects."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return [one for one in calls if (root := first_name(one.func)) and root not in trusted]


def _looks_at(statement: ast.stmt, handed: set[str], came: set[str]) -> bool:
    """Tell whether a statement asks how something is that was passed on, or notes down whether it is the same."""
    if isinstance(statement, ast.Assert) or (isinstance(statement, ast.Expr) and "assert" in _called(statement.value)):
        return bool(_read(statement) & handed)
    some = [_read(node) for node in ast.walk(statement) if _compares(node)]
    return any(names & handed and not names & came for names in some)  # with what came back, the answer is compared


def _compares(node: ast.AST) -> bool:
    """Tell whether a part of a statement asks whether two things are equal, and not just a number."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        equal = all(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        return equal and not any(isinstance(one, ast.Constant) for one in sides)
    return isinstance(node, ast.expr) and _called(node) in COMPARES


def _called(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")).lower()


def _changed(statement: ast.stmt) -> set[str]:
    """Return the names of values that a statement changes in place."""
    if isinstance(statement, ast.Assign | ast.Delete):
        return {first_name(one) for one in statement.targets if isinstance(one, ast.Subscript)}
    if isinstance(statement, ast.AugAssign):
        return {first_name(statement.target)}
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in CHANGES:
        return {first_name(call.func)}
    return set()


def _read(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def _handed(node: ast.AST) -> set[str]:
    """Return the names of which an argument gives something, but for what is called to make it."""
    called = {id(one.func) for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    names = [one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)]
    return {one.id for one in names if id(one) not in called}
