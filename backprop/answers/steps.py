"""Follow a student's function while it runs: what each line binds, as numbers that say nothing of layout or name.

Only functions of one file are followed, by the interpreter's own tracing; what they call runs as always. A value is
kept as [how many entries, their sum, the sum of their squares, two sums that tell their order], so that an array is
known again when it is transposed or flattened. It is all read after the line has run: following changes nothing.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FrameType

import numpy as np

from .attempt import is_students, printable
from .compare import as_numbers

MOST = 400  # steps that are kept; loops that go on are not followed further
MOST_ENTRIES = 20_000
MOST_KEYS = 10
RETURNED = "return"
CALL = "()"  # among what a line reads, where it does nothing but call a function by its name
TAKEN = "="  # and where it computes nothing: another name, a copy, a value under a key
MAKES_EMPTY = frozenset({"empty", "empty_like"})  # NumPy's functions that set no entry
EMPTY = "?"  # and where it makes an array of whatever lies there in memory
HIDDEN = "{}"  # and where it gives or changes something whose values are not followed, such as an object
LONGEST = 60  # letters of a name
KEY = re.compile(r"\w+\['(\w+)'\]")  # the name of a value in a dictionary
LIBRARIES = ("np", "numpy", "math", "random", "plt")
Print = list[float]


@dataclass(frozen=True)
class Step:
    """One line that has run, and one name that it has bound."""

    line: int
    name: str  # "dZ1", "z[i]", "grads['dW']"; RETURNED for what comes back; "" where a loop or a condition begins
    reads: tuple[str, ...]  # names on the right
    print: Print | None  # of its value; None where it is no array of numbers


@dataclass(frozen=True)
class Line:
    """What a line of source binds, ready to be read."""

    targets: tuple[tuple[str, CodeType, tuple[str, ...]], ...]  # each with what it is made of
    reads: tuple[str, ...]
    loop: int = 0  # the last line of the outermost loop around it, 0 where there is none


def print_of(value) -> Print | None:
    """Return the numbers by which a value is known again, or None where it is none that tells anything."""
    if isinstance(value, bool | str | bytes | dict | tuple | set) or value is None:
        return None
    array = as_numbers(value)
    if array is None or not array.size or array.size > MOST_ENTRIES:
        return None
    with np.errstate(all="ignore"):
        flat = np.asarray(array, dtype=float).ravel()
        places = np.arange(1, flat.size + 1) / flat.size
        by_rows, by_columns = float(flat @ places), float(np.asarray(array, dtype=float).T.ravel() @ places)
        numbers = [float(flat.sum()), float(flat @ flat), by_rows, by_columns]
    return [flat.size, *numbers] if np.isfinite(numbers).all() else None


@contextmanager
def followed(of: object) -> Iterator[list[Step]]:
    """Collect the steps of the student's functions that lie in the same cell as `of` and run meanwhile.

    Where something else is tracing already, and where `of` is no function of a cell, there are none.
    """
    code = getattr(getattr(of, "__func__", of), "__code__", None)
    filename = getattr(code, "co_filename", "")
    if not filename or sys.gettrace() is not None or not is_students(filename):
        yield []
        return
    tracer = _Tracer(filename)
    sys.settrace(tracer.enter)
    try:
        yield tracer.steps
    finally:
        sys.settrace(None)


def function_named(names: Mapping[str, object], function: str) -> object:
    """Return the first of the functions that an exercise asks for: "predict, errors", or "Net.train"."""
    home, _, method = function.split(",")[0].strip().partition(".")
    found = names.get(home)
    return vars(found).get(method) if method and isinstance(found, type) else found


def as_data(steps: list[Step]) -> list[tuple]:
    """Return steps as plain data, to cross between processes."""
    return [(step.line, step.name, list(step.reads), step.print) for step in steps]


def from_data(data: object) -> list[Step]:
    """Return steps from data that may be anything; what is none is left out."""
    found = []
    for entry in data[:MOST] if isinstance(data, list) else ():
        if not isinstance(entry, tuple) or len(entry) != 4:
            continue
        line, name, reads, print_ = entry
        plain = type(line) is int and type(name) is str and isinstance(reads, list) and len(reads) < MOST
        numbers = isinstance(print_, list) and len(print_) == 5 and all(type(n) in (int, float) for n in print_)
        if plain and all(type(read) is str for read in reads) and (print_ is None or numbers):
            finite = None if print_ is None or not np.isfinite(np.array(print_, dtype=float)).all() else print_
            found.append(Step(line, printable(name)[:LONGEST], tuple(reads), finite))
    return found


class _Tracer:
    def __init__(self, filename: str):
        self.filename, self.steps = filename, list[Step]()
        source = "".join(linecache.getlines(filename))
        self.lines, self.headers = lines_of(source), headers_of(source)
        self.calls: set[tuple[int, str]] = set()  # of which nobody wants the result
        self.at: dict[FrameType, int] = {}  # the line under way in each frame
        self.pieced: dict[FrameType, dict[str, int]] = {}  # arrays whose entries a loop has set, and the last such line

    def enter(self, frame: FrameType, event: str, argument):
        if frame.f_code.co_filename != self.filename or frame.f_code.co_name.startswith("<"):
            return None
        frame.f_trace_opcodes = False
        return self.step

    def step(self, frame: FrameType, event: str, value):
        if len(self.steps) >= MOST:
            return None
        done = self.at.get(frame)
        if event == "exception":
            self.at.pop(frame, None)
            return self.step
        if done is not None and done in self.lines:
            self._bound(frame, done)
        if event == "line":
            self.at[frame] = frame.f_lineno
            if frame.f_lineno in self.headers:
                self.headers -= {frame.f_lineno}  # once is enough
                self.steps.append(Step(frame.f_lineno, "", (), None))
        elif event == "return":
            line = self.lines.get(done or 0)
            if line:
                self._in_one_piece(frame, done or 0, line)
            self.pieced.pop(frame, None)
            if done is not None and value is not None:
                self.steps.append(Step(done, RETURNED, line.reads if line else (), print_of(value)))
            self.at.pop(frame, None)
        return self.step

    def _in_one_piece(self, frame: FrameType, number: int, line: Line) -> None:
        """Note the arrays that a line reads after the loop that has set their entries, unless it goes on with that."""
        pieced = self.pieced.get(frame, {})
        for name in sorted((set(line.reads) & pieced.keys()) - {base(target) for target, *_ in line.targets}):
            last = pieced[name]
            if number > self.lines[last].loop:
                del pieced[name]
                reads = {read for target, _, some in self.lines[last].targets if base(target) == name for read in some}
                value = frame.f_locals.get(name)
                self.steps.append(Step(last, name, tuple(sorted(reads - {name})), print_of(value)))

    def _bound(self, frame: FrameType, number: int) -> None:
        line = self.lines[number]
        self._in_one_piece(frame, number, line)
        for name, code, reads in line.targets:
            name = _with_its_key(frame, name)
            if KEY.fullmatch(name):
                pass
            elif "[" in name and line.loop and name.partition("[")[0] in frame.f_locals:
                self.pieced.setdefault(frame, {})[base(name)] = number
            elif "[" not in name:
                self.pieced.get(frame, {}).pop(name, None)
            if reads == (HIDDEN,):  # a call that may change it: once is enough
                if (number, name) not in self.calls:
                    self.calls.add((number, name))
                    self.steps.append(Step(number, name, reads, None))
                continue
            with suppress(Exception):  # an index that is no more
                value = eval(code, frame.f_globals, frame.f_locals)
                parts = parts_of(value) if CALL in reads else {}
                made = isinstance(value, dict) and CALL in reads and not parts
                if made or (hasattr(value, "__dict__") and not callable(value)):
                    self.steps.append(Step(number, name, (*reads, HIDDEN), None))
                else:
                    self.steps.append(Step(number, name, reads, None if EMPTY in reads else print_of(value)))
                for key, part in parts.items():
                    self.steps.append(Step(number, f"{name}[{key!r}]", reads, part))


def parts_of(value) -> dict[object, Print]:
    """Return what stands under the keys of a dictionary, nothing where some of it is no array of numbers."""
    if not isinstance(value, dict) or len(value) > MOST_KEYS:
        return {}
    prints = {key: print_of(part) for key, part in dict.items(value)}
    return {key: part for key, part in prints.items() if part} if all(prints.values()) else {}


@lru_cache(maxsize=32)
def lines_of(source: str) -> dict[int, Line]:
    """Return what each line of `source` binds and reads, by its number; of several lines, by the first."""
    try:
        return _lines_of(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # no Python, or nested too deeply
        return {}


@lru_cache(maxsize=32)
def headers_of(source: str) -> frozenset[int]:
    """Return the lines at which a loop or a condition begins."""
    try:
        nodes = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(node.lineno for node in nodes if isinstance(node, ast.For | ast.While | ast.If))


def _lines_of(tree: ast.Module) -> dict[int, Line]:
    found: dict[int, Line] = {}
    loops = _outermost_loops(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        bound = [(name, _reads(node, values)) for targets, values in _one_by_one(node) for target in targets
                 for name in bound_by(target)]  # fmt: skip
        bound = bound or [(name, (HIDDEN,)) for name in may_change(node)]
        if not bound and not isinstance(node, ast.Return):
            continue
        reads = {read for _, some in bound for read in some} or set(_reads(node, binds(node)[1]))
        earlier = found.get(node.lineno, Line((), ()))
        compiled = tuple((name, compile(name, "<target>", "eval"), own) for name, own in bound)
        reads_all = tuple(sorted({*earlier.reads, *reads}))
        found[node.lineno] = Line((*earlier.targets, *compiled), reads_all, loops.get(node.lineno, 0))
    return found


def _outermost_loops(tree: ast.AST) -> dict[int, int]:
    """Return by line the last line of the outermost loop around it."""
    found: dict[int, int] = {}
    for node in ast.walk(tree):  # from the outside to the inside
        if isinstance(node, ast.For | ast.While):
            end = node.end_lineno or 0
            found = dict.fromkeys(range(node.lineno, end + 1), end) | found
    return found


def _with_its_key(frame: FrameType, name: str) -> str:
    """Return a name with the key itself, where it is a text: `d['W1']` for `d['W' + n]`, if d is a dictionary."""
    match = re.fullmatch(r"(\w+)\[(.+)\]", name)
    with suppress(Exception):  # a name that is no more
        if match and isinstance(eval(match[1], frame.f_globals, frame.f_locals), dict):
            key = eval(match[2], frame.f_globals, frame.f_locals)
            return f"{match[1]}[{str(key)!r}]" if isinstance(key, str) else name
    return name


def kept_under(name: str) -> str:
    """Return what holds the value of a target: the name that it changes, or its own place in a dictionary."""
    return name if KEY.fullmatch(name) else base(name)


def base(name: str) -> str:
    """Return the name that a target changes: `z` of `z[i]`, `biases` of `self.biases`."""
    return re.split(r"\[", name.removeprefix("self."))[0].split(".")[-1]


def may_change(node: ast.stmt) -> list[str]:
    """Return the names of what a call may change whose result nobody wants: `network.train(x, y)`, `shuffle(pairs)`."""
    match node:
        case ast.Expr(ast.Call(ast.Name("print"))):
            return []
        case ast.Expr(ast.Call() as call):
            names = (part.id for part in ast.walk(call) if isinstance(part, ast.Name))
            return [name for name in dict.fromkeys(names) if name not in LIBRARIES]
    return []


def _one_by_one(node: ast.stmt) -> list[tuple[list[ast.expr], list[ast.expr]]]:
    """Return what a statement binds with what it reads for that: of `a, b = p, q` each name with its own value."""
    targets, values = binds(node)
    match targets, values:
        case [ast.Tuple(names)], [ast.Tuple(parts)] if len(names) == len(parts):
            return [([name], [part]) for name, part in zip(names, parts, strict=True)]
    return [(targets, values)]


def _reads(node: ast.stmt, values: list[ast.expr]) -> tuple[str, ...]:
    parts = [part for value in values for part in ast.walk(value)]
    under = _under_keys(parts)
    names = (part for part in parts if isinstance(part, ast.Name | ast.Attribute))
    reads = {under.get(id(part), part.id if isinstance(part, ast.Name) else part.attr) for part in names}
    if isinstance(node, ast.Assign) and len(values) == 1:
        called = isinstance(values[0], ast.Call) and isinstance(values[0].func, ast.Name)
        reads |= {CALL} if called else set()
        reads |= {TAKEN} if only_takes(values[0]) else set()
        reads |= {EMPTY} if not reads.isdisjoint(MAKES_EMPTY) else set()
    return tuple(sorted(reads))


def _under_keys(parts: list[ast.AST]) -> dict[int, str]:
    """Return, of names whose value under a key is read, the two as one, as `grads['dW']`."""
    found = {}
    for part in parts:
        match part:
            case ast.Subscript(ast.Name(name) as held, ast.Constant(str() as key)):
                found[id(held)] = f"{name}[{key!r}]"
    return found


def only_takes(value: ast.expr) -> bool:
    """Say whether nothing is computed: a name, an attribute, a value under a key, or a copy of one."""
    match value:
        case ast.Name():
            return True
        case ast.Attribute(inner) | ast.Subscript(inner, ast.Constant(str())):
            return only_takes(inner)
        case ast.Call(ast.Attribute(inner, "copy"), []):
            return only_takes(inner)
        case ast.Call(ast.Attribute(_, "array" | "asarray" | "copy"), [inner]):
            return only_takes(inner)
        case ast.Tuple(some):
            return all(map(only_takes, some))
    return False


def binds(node: ast.stmt) -> tuple[list[ast.expr], list[ast.expr]]:
    """Return what a statement gives a value, and what it reads for that: assignments, `list.append(…)`, `return`."""
    match node:
        case ast.Assign(targets, value):
            return targets, [value]
        case ast.AugAssign(target, _, value):
            return [target], [value, target]
        case ast.AnnAssign(target, _, value) if value is not None:
            return [target], [value]
        case ast.Return(value) if value is not None:
            return [], [value]
        case ast.Expr(ast.Call(ast.Attribute(ast.Name() as name, "append" | "extend"), arguments)):
            return [name], [*arguments, name]
    return [], []


def bound_by(target: ast.expr) -> list[str]:
    """Return what can be read after a target has been bound; nothing where reading it would call something."""
    if isinstance(target, ast.Tuple | ast.List):
        return [name for part in target.elts for name in bound_by(part)]
    if isinstance(target, ast.Starred) or any(isinstance(n, ast.Call | ast.NamedExpr) for n in ast.walk(target)):
        return []
    return [ast.unparse(target)]
