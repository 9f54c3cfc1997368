"""The page of feedback itself: one file, with no script and no address in it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from jinja2 import Environment
from nbconvert.filters import strip_ansi
from traitlets.config import Config

from ..pipeline.safe_page import SafePage
from . import markdown, summary

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
CODE = re.compile(r"`([^`\n]+)`")


class FeedbackPage(SafePage):
    """nbconvert's exporter with the course's own template for feedback."""

    def __init__(self, config: Config | None = None, **more):
        changed = Config(config or {})
        changed.FeedbackPage.template_name = "examiner_feedback"
        changed.FeedbackPage.extra_template_basedirs = [str(TEMPLATES)]
        super().__init__(config=changed, **more)

    def _policy(self) -> str:
        return POLICY

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.filters |= {
            "markdown2html": markdown.markdown,
            "ansi2html": lambda text: html.escape(strip_ansi(text)),  # colours of a terminal are too pale on paper
            "sentence": sentence,
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
