"""Show as plain text what would take a page too long, or too much room, to lay out.

Unclosed elements and the like can cost the square of their number, and a browser or Formgrader would have to pay it
again each time. So each text is laid out once here, in a process that can be ended, by the very filters of the pages.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
import time
from collections.abc import Callable, Iterator
from functools import partial

from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import HighlightMagicsPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float, Integer
from traitlets.config import Config

from ..errors import Overdue
from ..judging.killable import Warm
from ..submission import notes
from . import safe_text
from .budget import Budget

FILTERS = {"text/markdown": "markdown2html", "text/latex": "markdown2html", "text/html": "clean_html"}
CODE = "text/x-python"
SAID = "Some text in it would take too long to lay out, or too much space, so it is shown as it was written."
MOST_KNOWN = 20_000  # texts whose cost is remembered, in this process
SHORT = 200  # characters that are laid out untried: even their square is little


class PlainText(NbGraderPreprocessor):
    """Tries every cell and every rich output of a notebook; a terminal's text has its bounds in `safe_text`."""

    text_seconds = Float(2, help="Seconds of processor time for each text").tag(config=True)
    all_seconds = Float(15, help="Seconds for all texts of a notebook").tag(config=True)
    growth = Integer(20, help="How many times longer a text may become as HTML, plus 100,000 characters").tag(
        config=True
    )

    def preprocess(self, nb, resources):
        texts = list(_texts(nb))
        latest = resources.get("examiner_began", math.inf) + Budget.of(self.config).texts
        costly = self._costly([(kind, home[key]) for home, key, kind in texts], latest)
        for number in costly:
            home, key, _ = texts[number]
            _show_plainly(home, key)
        if costly:
            notes.add(nb, [notes.Note(SAID)])
        return nb, resources

    def _costly(self, texts: list[tuple[str, str]], latest: float) -> list[int]:
        """Return the numbers of the texts that cost too much, or could not be tried before `latest`."""
        found, left, warm = [], self.all_seconds, Warm()
        lay_out = partial(_lay_out, _layouts(self.config))
        try:
            for number, (kind, text) in enumerate(texts):
                can_try = left > 0 and time.monotonic() < latest
                length, seconds = self._cost(warm, lay_out, kind, text, latest) if can_try else (math.inf, 0.0)
                left -= seconds
                if length > self.growth * len(text) + 100_000:
                    found.append(number)
        finally:
            warm.end()
        return found

    def _cost(self, warm: Warm, lay_out: partial, kind: str, text: str, latest: float) -> tuple[float, float]:
        """Return how long a text is as HTML, and the seconds that takes; most texts are the same for a whole class."""
        key = hashlib.sha256(f"{kind}:{text}".encode("utf-8", "surrogatepass")).digest()
        if key not in _costs:
            try:
                cost = warm.within(self.text_seconds, lay_out, kind, text, latest=latest)
            except (Overdue, RuntimeError):
                return math.inf, self.text_seconds
            if len(_costs) >= MOST_KNOWN:
                _costs.clear()
            _costs[key] = cost
        return _costs[key]


_costs: dict[bytes, tuple[float, float]] = {}  # by digest, of texts that took no longer than they may
Layouts = dict[str, Callable[..., str]]
_made_for: list[tuple[Config, Layouts]] = []  # the configuration that was met last


def _layouts(config: Config) -> Layouts:
    """Return what lays out a text of each kind, made once for a class: it takes longer than most of its texts.

    Each has laid out a word of ours here: what it loads for its first text would be lost with the fork of a notebook.
    """
    if not _made_for or _made_for[0][0] != config:
        environment = HTMLExporter(config=config).environment
        made: Layouts = {kind: environment.from_string("{{ text | " + FILTERS[kind] + " }}").render for kind in FILTERS}
        made[CODE] = partial(_coloured, Highlight2HTML(pygments_lexer="ipython3"), HighlightMagicsPreprocessor())
        for lay_out in made.values():
            lay_out(text="x = 1")
        _made_for[:] = [(config, made)]
    return _made_for[0][1]


def _coloured(colour: Highlight2HTML, magics: HighlightMagicsPreprocessor, text: str) -> str:
    language = magics.which_magic_language(text)
    return colour(text, metadata={"magics_language": language} if language else None)


def _lay_out(layouts: Layouts, kind: str, text: str) -> tuple[float, float]:
    before = time.process_time()
    return len(layouts[kind](text=text)), time.process_time() - before


def _texts(nb: NotebookNode) -> Iterator[tuple[dict, str, str]]:
    """Yield where each text stands, its key there, and its kind."""
    for cell in nb.cells:
        if len(cell.source) > SHORT:
            yield cell, "source", {"markdown": "text/markdown", "code": CODE}.get(cell.cell_type, "text/html")
        for output in cell.get("outputs", ()):
            for kind in FILTERS:
                if len(said := _joined(output.get("data", {}), kind)) > SHORT:
                    output.data[kind] = said
                    yield output.data, kind, kind


def _joined(data: dict, kind: str) -> str:
    said = data.get(kind, "")
    return "".join(said) if isinstance(said, list) else said


def _show_plainly(home: dict, key: str) -> None:
    text, kind = home[key], home.get("cell_type")
    if kind == "code":
        safe_text.leave_uncoloured(home)
    elif kind == "markdown":
        home[key] = _fenced(text)
    elif kind:
        home[key] = html.escape(text, quote=False)
    else:
        del home[key]
        home.setdefault("text/plain", text)


def _fenced(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    ticks = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{text}\n{fence}"
