"""The page of feedback itself: one file, with no script and no address in it."""

from __future__ import annotations

import html
import re
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from traitlets.config import Config

from ..pipeline.safe_page import SafePage
from . import markdown, summary

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
CODE = re.compile(r"`([^`\n]+)`")
LONGEST_KEPT = 10_000  # characters of a cell that is remembered in colour


def _coloured(lexer: str, source: str, magics: str) -> str:
    return Highlight2HTML(pygments_lexer=lexer)(source, metadata={"magics_language": magics} if magics else None)


_known = lru_cache(500)(_coloured)


def _highlighted(lexer: str, source: str, metadata: dict | None = None) -> str:
    """Return code as HTML; most of a class's is the same."""
    colour = _known if len(source) <= LONGEST_KEPT else _coloured  # one student's must not fill it for all others
    return colour(lexer, source, str((metadata or {}).get("magics_language") or ""))


NO_ALT = re.compile(r"<img(?=[\s/>])(?![^>]*\salt=)", re.IGNORECASE)
# Without quotation marks: put into the value of an attribute, this stays a part of that value.
ALT = "<img alt=No&#32;description&#32;has&#32;been&#32;provided&#32;for&#32;this&#32;image "


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, so that it does so once for a class."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.held:
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.held[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()


class FeedbackPage(SafePage):
    """nbconvert's exporter with the course's own template for feedback."""

    def __init__(self, config: Config | None = None, **more):
        changed = Config(config or {})
        changed.FeedbackPage.template_name = "examiner_feedback"
        changed.FeedbackPage.extra_template_basedirs = [str(TEMPLATES)]
        super().__init__(config=changed, **more)

    def _policy(self) -> str:
        return POLICY

    def _preprocess(self, nb, resources):
        """Do the steps on this copy of the notebook; nbconvert's copies it twice more, and checks its form each time."""
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources

    def _convert(self, nb, resources, **more):
        """Do what nbconvert's exporter does, which reads its own page again for images that have no words."""
        info = nb.metadata.get("language_info", {})
        lexer = info.get("pygments_lexer", info.get("name"))
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", partial(_highlighted, lexer or "ipython3"))
        shown = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", shown)
        page, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **more)
        return NO_ALT.sub(ALT, page), resources

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = COMPILED
        environment.filters |= {
            "markdown2html": markdown.markdown,
            "ansi2html": lambda text: html.escape(strip_ansi(text)),  # colours of a terminal are too pale on paper
            "sentence": sentence,
            "question": markdown.question,
            "number": number,
            "rows": summary.rows,
            "verdicts": summary.verdicts,
        }
        environment.globals["style"] = (TEMPLATES / "examiner_feedback" / "style.css").read_text(encoding="utf-8")
        return environment


def sentence(text: str) -> str:
    """Return a sentence as HTML, with `this` set as code."""
    return CODE.sub(r"<code>\1</code>", html.escape(str(text)))


def number(value: object) -> str:
    """Return points as a person writes them."""
    return f"{round(float(str(value)), 2):g}"
