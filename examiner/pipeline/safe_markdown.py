"""Show the Markdown of a submission as a page may: formatted, and with nothing in it that acts.

nbgrader's pages turn Markdown into HTML as it stands, whatever `sanitize_html` says, so a script in a text cell would
run in the browser of whoever reads the feedback or opens Formgrader.
"""

from __future__ import annotations

import re
from functools import cache

import bleach
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter

# fmt: off
TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "b", "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}
# fmt: on
NAMED = {"alt", "class", "colspan", "height", "id", "rowspan", "title", "width"}
LINK = re.compile(r"(https?://|mailto:|#)|[\w./ %-]*(#[\w-]*)?$")
PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml);base64,|[\w./ %-]*$")
ACTING_MATHS = re.compile(r"\\(href|unicode|require|class|cssId|style|html)\b")  # MathJax's words for HTML and scripts


@pass_context
def markdown(context, source: str) -> str:
    """Return Markdown as HTML of the course's kind: text, formulas, tables, its own pictures, and links outside."""
    html = HTMLExporter.markdown2html(_exporter(), context, ACTING_MATHS.sub(r"\\text{\1}", source))
    return bleach.clean(html, tags=TAGS, attributes=_kept, protocols={"http", "https", "mailto", "data"})


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter()


def _kept(tag: str, name: str, value: str) -> bool:
    if (tag, name) == ("a", "href"):
        return bool(LINK.match(value))
    if (tag, name) == ("img", "src"):
        return bool(PICTURE.match(value))
    return name in NAMED
