"""Show as plain text what would take a page too long, or too much room, to lay out.

Unclosed elements and the like can cost the square of their number, and a browser or Formgrader would have to pay it
again each time. So each text is laid out once here, in a process that can be ended, by the very filters of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float, Integer

from ..judging.killable import Fork, Overdue, allow
from ..submission import notes

FILTERS = {"text/markdown": "markdown2html", "text/latex": "markdown2html", "text/html": "clean_html"}
SAID = "A text in it would take too long to lay out, or too much room, so it is shown as it was written."
SHORT = 200  # characters that are laid out untried: even their square is little


class PlainText(NbGraderPreprocessor):
    """Tries every text cell and every rich output of a notebook."""

    text_seconds = Float(2, help="Seconds of a processor for each text").tag(config=True)
    all_seconds = Float(15, help="Seconds for all texts of a notebook").tag(config=True)
    growth = Integer(20, help="Times its length that a text may take as HTML, and 100,000 characters more").tag(
        config=True
    )

    def preprocess(self, nb, resources):
        texts = list(_texts(nb))
        costly = self._costly([(kind, home[key]) for home, key, kind in texts])
        for number in costly:
            home, key, _ = texts[number]
            text = home[key]
            if home.get("cell_type") == "markdown":
                home[key] = _fenced(text)
            else:
                del home[key]
                home.setdefault("text/plain", text)
        if costly:
            notes.add(nb, [notes.Note(SAID)])
        return nb, resources

    def _costly(self, texts: list[tuple[str, str]]) -> list[int]:
        """Return the numbers of the texts that cost too much."""
        found, number, left = [], 0, self.all_seconds
        while number < len(texts) and left > 0:
            fork = Fork(partial(self._lay_out, texts[number:]))
            try:
                while number < len(texts):
                    length, seconds = fork.hear(self.text_seconds)
                    left -= seconds
                    if length > self.growth * len(texts[number][1]) + 100_000:
                        found.append(number)
                    number += 1
                    if left <= 0:
                        break
            except Overdue:
                left -= self.text_seconds
                found.append(number)
                number += 1
            finally:
                fork.end()
        return found + list(range(number, len(texts)))

    def _lay_out(self, texts: list[tuple[str, str]], line) -> None:
        environment = HTMLExporter(config=self.config).environment
        for kind, text in texts:
            before = allow(self.text_seconds)
            html = environment.from_string("{{ text | " + FILTERS[kind] + " }}").render(text=text)
            line.send((len(html), allow(self.text_seconds) - before))


def _texts(nb: NotebookNode) -> Iterator[tuple[dict, str, str]]:
    """Yield where each text stands, its key there, and its kind."""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and len(cell.source) > SHORT:
            yield cell, "source", "text/markdown"
        for output in cell.get("outputs", ()):
            for kind in FILTERS:
                if len(said := _joined(output.get("data", {}), kind)) > SHORT:
                    output.data[kind] = said
                    yield output.data, kind, kind


def _joined(data: dict, kind: str) -> str:
    said = data.get(kind, "")
    return "".join(said) if isinstance(said, list) else said


def _fenced(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    ticks = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{text}\n{fence}"
