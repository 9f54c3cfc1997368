"""Join an ES module and the modules that it imports by relative paths into one module.

anywidget hands the browser one text for a widget, and in that text `import { a } from "./shared/plot.js"` would lead
nowhere. So each imported module becomes a function that is called once and returns what the module exports. Only the
plain forms are understood: named imports and exports, and a default export in the main module. No build tool, no maps.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

IMPORT = re.compile(r"^import\s+\{(?P<names>[^}]*)\}\s+from\s+[\"'](?P<path>\.[^\"']*)[\"'];?[ \t]*$", re.MULTILINE)
EXPORT = re.compile(r"^export\s+(?P<what>(?:async\s+)?function\*?|const|let|class)\s+(?P<name>[\w$]+)", re.MULTILINE)
OTHER = re.compile(r"^(?:import\b|export\b(?!\s+default\b)).*$", re.MULTILINE)


class BundleError(Exception):
    """A module is missing, imports in a circle, or is written in a form that cannot be joined."""


@functools.cache
def bundle(path: Path) -> str:
    """Return the module at `path`, with all that it imports, as the text of one ES module."""
    order: dict[Path, str] = {}
    main = _joined(Path(path).resolve(), order, ())
    return "\n".join([*order.values(), main])


def _joined(path: Path, order: dict[Path, str], importers: tuple[Path, ...]) -> str:
    """Return a module's text with its imports replaced; what it imports is put into `order` first."""
    if path in importers:
        raise BundleError(f"{path.name} imports itself, by way of {importers[-1].name}.")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BundleError(
            f"There is no {path}, which {importers[-1].name if importers else 'a widget'} needs."
        ) from None

    def constants(found: re.Match) -> str:
        target = (path.parent / found["path"]).resolve()
        if target not in order:
            module = _joined(target, order, (*importers, path))
            order[target] = _as_function(module, _variable(target, order))
        names = re.sub(r"\s+as\s+", ": ", found["names"])
        return f"const {{{names}}} = {_variable_in(order[target])};"

    text = IMPORT.sub(constants, text)
    odd = OTHER.search(EXPORT.sub(lambda found: " " * len(found[0]), text))
    if odd:
        raise BundleError(f"{path.name}: `{odd[0]}` is a form that bundle.py cannot join. Import and export by name.")
    return text


def _as_function(text: str, variable: str) -> str:
    names = [found["name"] for found in EXPORT.finditer(text)]
    body = EXPORT.sub(lambda found: f"{found['what']} {found['name']}", text)
    if re.search(r"^export\s+default\b", body, re.MULTILINE):
        raise BundleError(f"{variable}: only the main module of a widget may have a default export.")
    return f"const {variable} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _variable(path: Path, order: dict[Path, str]) -> str:
    return f"$module{len(order)}_{re.sub(r'[^A-Za-z0-9]', '_', path.stem)}"


def _variable_in(text: str) -> str:
    return text.split(" ", 2)[1]
