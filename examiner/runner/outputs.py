"""What a cell printed and showed, as a notebook file keeps it, made from events that nobody vouches for.

Streams are merged, `clear_output` and `update_display` do what they do in a notebook, and everything is cut at a limit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_output

from ..wire import WireError
from .limits import Limits

MIME = re.compile(r"\w[\w+-]{0,99}/\w[\w.+-]{0,99}")
JSON = re.compile(r"application/(.*\+)?json")  # what may be other than text, by the format of notebooks
WIDGET = "application/vnd.jupyter.widget-view+json"
CUT = "… output cut …"
DEEPEST = 20  # of JSON in a display
WIDEST = 10_000  # pixels of a picture
MOST_OUTPUTS, MOST_OF_A_NOTEBOOK = 1000, 5000
MOST_DISPLAYS = 10_000  # that may still be updated
ERROR_ROOM = 20_000  # characters that an error has even where nothing else has room any more


@dataclass
class NotebookTotals:
    """How much a notebook has kept so far, and its displays that may still be updated."""

    text: int = 0
    figures: int = 0
    outputs: int = 0
    updatable: int = 0
    displays: dict[str, list[NotebookNode]] = field(default_factory=dict)


class Outputs:
    """The outputs of one cell."""

    def __init__(self, limits: Limits, kept: NotebookTotals):
        self.limits, self.kept = limits, kept
        self.found: list[NotebookNode] = []
        self.text = self.figures = self.errors = 0
        self._clear_next = False
        self._is_cut = False

    def add(self, event: dict) -> None:
        """Record one event; raises `WireError` where it is none."""
        kind = event.get("event")
        if type(kind) is not str or kind not in _ADD:
            raise WireError("a message reports something unknown")
        _ADD[kind](self, event)

    # ------------------------------------------------------------------------------------------------- kinds of events
    def _stream(self, event: dict) -> None:
        name, text = _text(event, "name"), _text(event, "text")
        if name not in ("stdout", "stderr"):
            raise WireError("a message prints to nowhere")
        if taken := self._take(text):
            self._print(name, taken)
        if len(taken) < len(text):
            self._cut(event)

    def _cut(self, event: dict) -> None:
        """Say once that something is missing."""
        if not self._is_cut:
            self._is_cut = True
            self._print("stdout", f"\n{CUT}\n")

    def _error(self, event: dict) -> None:
        lines = event.get("traceback")
        if not isinstance(lines, list) or not all(type(line) is str for line in lines):
            raise WireError("a message reports an error without its lines")
        name, value = _text(event, "ename")[:200], _text(event, "evalue")
        room = max(self._room(), ERROR_ROOM - self.errors, 0)
        size = len(value) + _length(lines)
        if size > room:
            value = value[: room // 2]
            lines = [CUT, f"{name}: {value}"]
            size = min(size, room)
        self.errors += size
        self._spend(size)
        self._append(new_output("error", ename=name, evalue=value, traceback=lines))

    def _result(self, event: dict) -> None:
        count = event.get("count")
        output = self._rich("execute_result", event)
        if output is not None:
            output.execution_count = count if type(count) is int and 0 <= count < 10**6 else None
            self._append(output)

    def _display(self, event: dict) -> None:
        name = event.get("display_id")
        name = name[:200] if type(name) is str else ""
        shown = self.kept.displays.get(name, []) if event.get("update") is True else None
        output = self._rich("display_data", event, 1 if shown is None else len(shown))
        if output is None:
            return
        if shown is not None:
            for one in shown:
                one.data, one.metadata = output.data, output.metadata
            return
        self._append(output)
        if name and self.kept.updatable < MOST_DISPLAYS:
            self.kept.updatable += 1
            self.kept.displays.setdefault(name, []).append(output)

    def _clear(self, event: dict) -> None:
        self._clear_next = True
        if event.get("wait") is not True:
            self._clear_now()

    # ---------------------------------------------------------------------------------------------------- what is kept
    def _clear_now(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self.kept.outputs -= len(self.found)
            self.found.clear()

    def _append(self, output: NotebookNode) -> None:
        self._clear_now()
        if len(self.found) < MOST_OUTPUTS and self.kept.outputs < MOST_OF_A_NOTEBOOK:
            self.found.append(output)
            self.kept.outputs += 1

    def _print(self, name: str, text: str) -> None:
        self._clear_now()
        last = self.found[-1] if self.found else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self._append(new_output("stream", name=name, text=text))

    def _room(self) -> int:
        room = min(self.limits.cell_output - self.text, self.limits.notebook_output - self.kept.text)
        return max(room, 0)

    def _spend(self, size: int) -> None:
        self.text += size
        self.kept.text += size

    def _take(self, text: str) -> str:
        """Return as much of `text` as there is room for."""
        taken = text[: self._room()]
        self._spend(len(taken))
        return taken

    def _rich(self, kind: str, event: dict, times: int = 1) -> NotebookNode | None:
        """Return what an event shows as an output, or None where there is no room for it so many times."""
        data, metadata = event.get("data"), event.get("metadata")
        if not isinstance(data, dict) or not isinstance(metadata, dict):
            raise WireError("a message shows something without data")
        known = {mime: value for mime, value in data.items() if type(mime) is str and MIME.fullmatch(mime)}
        clean = {mime: as_json(value) for mime, value in known.items() if JSON.fullmatch(mime) or type(value) is str}
        if WIDGET in clean and set(clean) <= {WIDGET, "text/plain"} and not clean.get("text/plain"):
            return None  # the live half of a widget that shows a still picture too: an empty frame, where nothing runs
        size = times * sum(map(_length, clean.values()))
        if set(clean) <= {"text/plain"}:
            fits = size <= self._room()
            self._spend(size if fits else 0)
        else:
            size += times * sum(map(len, clean))
            room = min(self.limits.cell_figures - self.figures, self.limits.notebook_figures - self.kept.figures)
            fits = size <= room
            self.figures += size if fits else 0
            self.kept.figures += size if fits else 0
        if not fits:
            self._cut(event)
            return None
        return new_output(kind, data=clean, metadata=sizes(metadata, clean))


_ADD = {
    "stream": Outputs._stream,
    "cut": Outputs._cut,
    "error": Outputs._error,
    "result": Outputs._result,
    "display": Outputs._display,
    "clear": Outputs._clear,
}


def sizes(metadata: dict, mimes: Iterable[str]) -> dict:
    """Return what metadata say of the size of what is shown; of all else, some is written into pages as it stands."""
    own = {mime: _size(metadata.get(mime)) for mime in mimes}
    return _size(metadata) | {mime: size for mime, size in own.items() if size}


def _size(said) -> dict:
    """Return width and height, where they are whole numbers, and whether a picture needs a background."""
    said = said if isinstance(said, dict) else {}
    size = {key: said[key] for key in ("width", "height") if type(said.get(key)) is int and 0 < said[key] <= WIDEST}
    if type(said.get("needs_background")) is bool:
        size["needs_background"] = said["needs_background"]
    return size


def as_json(value, depth: int = 0):
    """Return `value` as JSON can hold it; what it cannot hold becomes text, or is left out where it is too deep."""
    if isinstance(value, dict):
        if depth > DEEPEST:
            return {}
        return {key: as_json(part, depth + 1) for key, part in value.items() if type(key) is str}
    if isinstance(value, list | tuple):
        return [] if depth > DEEPEST else [as_json(part, depth + 1) for part in value]
    if value is None or type(value) in (bool, str):
        return value
    if type(value) is int and abs(value) < 2**63:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    return str(value)[:200]


def _length(value) -> int:
    """Return about how many characters a value takes in a file."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return 2 + sum(len(key) + _length(part) + 4 for key, part in value.items())
    if isinstance(value, list):
        return 2 + sum(_length(part) + 2 for part in value)
    return 8


def _text(event: dict, name: str) -> str:
    value = event.get(name)
    if type(value) is not str:
        raise WireError(f"a message has no {name}")
    return value
