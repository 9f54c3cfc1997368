"""What a test cell relies on, as it was before any of a student's code ran, and put back before a test runs here.

A test that runs in the student's process is judged by Python, NumPy and IPython as they are there. So the functions and
classes of the modules that tests use are remembered first: their names, their code, and the methods of classes. Data of
these modules stay as they are, since a notebook may change them rightly.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import os
import sys
import threading
import types
from collections.abc import Iterable

RELIED_ON = frozenset(
    """
    abc ast asyncio backprop builtins cmath collections contextlib copy dataclasses datetime decimal
    doctest enum examiner fractions functools inspect io IPython itertools json linecache math
    numbers numpy operator os pathlib posixpath random re statistics string textwrap time traceback
    types typing unittest warnings
    """.split()  # noqa: SIM905
)
ALWAYS = ("unittest.mock", "numpy.testing", "doctest", "inspect", "statistics", "fractions", "decimal", "datetime")
PARTS = (types.FunctionType, property, staticmethod, classmethod)
CODE = ("__code__", "__defaults__", "__kwdefaults__")
FIXED = 1 << 8  # the flag of a class that cannot be changed
MISSING = object()
PYTHONS = frozenset(dir(builtins))


class ReliedOn:
    """The modules and the shell that tests rely on, as they are when this is made."""

    def __init__(self, shell, modules: Iterable[str]):
        self.shell = shell
        self.modules: dict[str, types.ModuleType] = {}
        self.names: list[tuple[dict, str, object]] = []
        self.code: dict[types.FunctionType, tuple] = {}
        self.cells: list[tuple[types.CellType, object]] = []  # functions that others wrap
        self.parts: list[tuple[type, str, object]] = []
        self.classes: dict[type, frozenset[str]] = {}
        self.own_names: dict[str, frozenset[str]] = {}
        wanted = {*ALWAYS, *modules}
        _import_all(wanted, [])
        self.finders = (list(sys.meta_path), list(sys.path_hooks))
        self.shell_parts = _shell_parts(shell)
        self._remember_modules(wanted)
        # Then helpers of the course's beside the notebook. A student's file lies there too: it is never taken for a
        # library, and what it does as it is imported is undone.
        _import_all(wanted, [""])
        self.put_back()
        self._remember_modules(wanted)

    def _remember_modules(self, wanted: set[str]) -> None:
        """Remember the modules that are relied on and were not known before."""
        for name, module in list(sys.modules.items()):
            if name in self.modules or not isinstance(module, types.ModuleType) or not _is_relied_on(name, wanted):
                continue
            self.modules[name], self.own_names[name] = module, frozenset(vars(module))
            for part, value in vars(module).items():
                if callable(value) or isinstance(value, types.ModuleType):
                    self.names.append((vars(module), part, value))
                    self._remember(value)

    def _remember(self, value) -> None:
        if isinstance(value, types.FunctionType) and value not in self.code:
            self.code[value] = tuple(getattr(value, part) for part in CODE)
            for cell in value.__closure__ or ():
                with contextlib.suppress(ValueError):  # it is empty
                    if isinstance(inner := cell.cell_contents, types.FunctionType):
                        self.cells.append((cell, inner))
                        self._remember(inner)
        elif isinstance(value, type) and value not in self.classes and not value.__flags__ & FIXED:
            self.classes[value] = frozenset(vars(value))
            for name, part in vars(value).items():
                if isinstance(part, PARTS):
                    self.parts.append((value, name, part))
                    self._remember(part)

    def keep(self, value) -> None:
        """Remember a function or a class that a locked cell or a test has defined, and what a function closes over."""
        if isinstance(value, types.FunctionType | type) and getattr(value, "__module__", "") == "__main__":
            self._remember(value)
            for cell in getattr(value, "__closure__", None) or ():
                with contextlib.suppress(ValueError):  # it is empty
                    self.cells.append((cell, cell.cell_contents))

    def put_back(self) -> None:
        """Put back whatever has been changed."""
        sys.modules.update(self.modules)
        sys.meta_path[:], sys.path_hooks[:] = self.finders
        for names, name, value in self.names:
            if names.get(name, MISSING) is not value:
                names[name] = value
        for name, known in self.own_names.items():
            names = vars(self.modules[name])
            for added in names.keys() & PYTHONS - known:  # in the way of Python's own
                del names[added]
        for function, parts in self.code.items():
            for name, part in zip(CODE, parts, strict=True):
                if getattr(function, name) is not part:
                    setattr(function, name, part)
        for cell, inner in self.cells:
            if cell.cell_contents is not inner:
                cell.cell_contents = inner
        for kind, known in self.classes.items():
            for name in vars(kind).keys() - known:
                if any(name in vars(base) for base in kind.__mro__[1:]):  # in the way of what was inherited
                    delattr(kind, name)
        for kind, name, part in self.parts:
            if vars(kind).get(name, MISSING) is not part:
                setattr(kind, name, part)

    @contextlib.contextmanager
    def clean_shell(self, transformers=()):
        """Give the shell as it was, with these transformers of trees alone; then again what the notebook made of it."""
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        threading.setprofile(None)
        before = _shell_parts(self.shell)
        _put(self.shell, self.shell_parts)
        _flush_only(self.shell, before)
        self.shell.ast_transformers = list(transformers)
        self.shell.user_ns["__builtins__"] = self.modules["builtins"]
        try:
            yield
        finally:
            _put(self.shell, before)


def _import_all(wanted: set[str], beside: list[str]) -> None:
    """Import modules as they are installed, and otherwise from the folders `beside`."""
    before = list(sys.path)
    sys.path[:] = [*(one for one in before if one not in ("", os.getcwd())), *beside]
    try:
        for name in sorted(wanted - sys.modules.keys()):
            with contextlib.suppress(Exception):  # what is not there fails in the test that asks for it
                importlib.import_module(name)
    finally:
        sys.path[:] = before


def _is_relied_on(name: str, wanted: set[str]) -> bool:
    top = name.partition(".")[0]
    if top in RELIED_ON or name in wanted or any(one.startswith(f"{name}.") for one in wanted):
        return True
    return "testing" in name and any(one.partition(".")[0] == top for one in wanted)


def _shell_parts(shell) -> dict:
    """Return what of a shell decides what becomes of a cell."""
    manager, magics = shell.input_transformer_manager, shell.magics_manager
    return {
        "own": dict(vars(shell)),
        "ast": list(shell.ast_transformers),
        "post": list(shell.input_transformers_post),
        "manager": manager,
        "lists": [list(getattr(manager, name)) for name in TRANSFORMS],
        "events": {name: list(some) for name, some in shell.events.callbacks.items()},
        "magics": {kind: dict(some) for kind, some in magics.magics.items()},
        "custom": (shell.custom_exceptions, shell.CustomTB if hasattr(shell, "CustomTB") else None),
    }


TRANSFORMS = ("cleanup_transforms", "line_transforms", "token_transformers")


def _put(shell, parts: dict) -> None:
    own = vars(shell)
    for name in [name for name in own if name not in parts["own"] and callable(getattr(type(shell), name, None))]:
        del own[name]  # put over a method of the shell
    for name, value in parts["own"].items():
        if own.get(name, MISSING) is not value and callable(value):
            own[name] = value
    shell.ast_transformers = list(parts["ast"])
    shell.input_transformers_post = list(parts["post"])
    shell.input_transformer_manager = parts["manager"]
    for name, some in zip(TRANSFORMS, parts["lists"], strict=True):
        getattr(shell.input_transformer_manager, name)[:] = some
    for name, some in parts["events"].items():
        shell.events.callbacks[name][:] = some
    for kind, some in parts["magics"].items():
        shell.magics_manager.magics[kind].clear()
        shell.magics_manager.magics[kind].update(some)
    shell.custom_exceptions, shell.CustomTB = parts["custom"]


def _flush_only(shell, before: dict) -> None:
    """Let figures go on to be shown at the end of a cell, where the notebook has asked for that."""
    backend = sys.modules.get("matplotlib_inline.backend_inline")
    flush = getattr(backend, "flush_figures", None)
    if flush is not None and flush in before["events"].get("post_execute", ()):
        shell.events.callbacks["post_execute"].append(flush)
