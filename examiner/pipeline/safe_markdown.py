"""Show the Markdown of a submission as a page may: formatted, and with nothing in it that acts.

nbgrader's pages turn Markdown into HTML as it stands, whatever `sanitize_html` says, so a script in a text cell would
run in the browser of whoever reads the feedback or opens Formgrader.
"""

from __future__ import annotations

import re
from functools import cache

from jinja2 import pass_context
from markupsafe import escape
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook

from . import safe_html

TASK = re.compile(r'<input class="task-list-item-checkbox" type="checkbox" disabled( checked)?/>')
ALIGNED = re.compile(r'(<t[dh]) style="text-align:(left|right|center)">')
BESIDE_HEADING = re.compile(r'<a href="#[^"]*"[^>]*> </a>')  # a link without words, which keys and readers would meet


@pass_context
def markdown(context, source: str) -> str:
    """Return Markdown as HTML of the course's kind: text, formulas, tables, its own pictures, and links outside."""
    try:
        html = HTMLExporter.markdown2html(_exporter(), context, source)
    except InvalidNotebook:  # a picture that was pasted into another notebook
        html = HTMLExporter.markdown2html(_exporter(), context, source.replace("attachment:", ""))
    html = TASK.sub(lambda found: "☑ " if found[1] else "☐ ", html)
    return BESIDE_HEADING.sub("", safe_html.clean(ALIGNED.sub(r'\1 align="\2">', html)))


def latex(source: str) -> str:
    """Return LaTeX that a cell showed as text for MathJax."""
    return safe_html.disarm(str(escape(source)))


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(anchor_link_text=" ")  # a sign beside each heading needs the class that would hide it
