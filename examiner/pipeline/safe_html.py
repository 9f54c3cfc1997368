"""Clean HTML that a student wrote or showed, so that a page may hold it: mark-up of text, and nothing that acts.

No class and no style is kept, since a page's own scripts and styles go by classes; ids get a prefix, and links within
the text with them. Pictures are in the page or lie beside it. What looks like a tag and is none stays as text.
"""

from __future__ import annotations

import re
from functools import partial

import nh3

# fmt: off
TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s",
    "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "u", "ul", "var",
}
# fmt: on
WITH_CONTENT = {"script", "style"}  # which are no text of anybody's, and go as a whole
PREFIX = "text-"
NUMBER = re.compile(r"[0-9]{1,4}%?")
NAME = r"(?:(?:[\w-]|%20)(?:[\w.() -]|%20)*/)*(?:[\w-]|%20)(?:[\w.() -]|%20)*"  # of a file beside the page or below it
BESIDE = re.compile(rf"{NAME}\.(?:png|jpe?g|gif|webp|ipynb|py|csv|txt|pdf)(?:#[\w-]*)?", re.IGNORECASE | re.ASCII)
OUTSIDE = re.compile(r"https?://[^\s\\]+|mailto:[^\s\\]+", re.IGNORECASE)
DRAWN = re.compile(rf"{NAME}\.(?:png|jpe?g|gif|webp|svg)", re.IGNORECASE | re.ASCII)
PASTED = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
ATTRIBUTES = {
    "*": {"id", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+)"""
_ATTRIBUTE = rf"(?:\s+[a-z][\w:-]*\s*=\s*{_VALUE}|\s+(?:open|scoped|reversed|disabled|checked|nowrap)(?=[\s/>]))"
NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(TAGS | WITH_CONTENT))}){_ATTRIBUTE}*\s*/?>|!--)", re.IGNORECASE)
# MathJax's words for links, HTML, scripts, styles and ids; searched for last, since what is dropped may join others.
ACTING_MATHS = re.compile(r"\\(href|unicode|require|class|cssId|style|html\w*|bbox|mmlToken|data)(?![A-Za-z])")


def clean(html: object) -> str:
    """Return a fragment of HTML with nothing in it that acts, loads, or is taken for a part of the page."""
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    return disarm(_cleaned(NO_TAG.sub("&lt;", text)))


def disarm(text: str) -> str:
    """Return text in which formulas can do nothing but show."""
    return ACTING_MATHS.sub(r"\\text{\1}", text)


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute may have, or None."""
    if name == "href":
        if value.startswith("#"):
            return f"#{PREFIX}{value[1:]}" if len(value) > 1 else None
        return value if OUTSIDE.fullmatch(value) or BESIDE.fullmatch(value) else None
    if name == "src":
        return value if PASTED.fullmatch(value) or DRAWN.fullmatch(value) else None
    if name in ("width", "height", "start", "colspan", "rowspan"):
        return value if NUMBER.fullmatch(value) else None
    if name == "align":
        return value if value in ("left", "right", "center") else None
    return value


_cleaned = partial(
    nh3.clean,
    tags=TAGS,
    clean_content_tags=WITH_CONTENT,
    attributes=ATTRIBUTES,
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto", "data"},
    id_prefix=PREFIX,
)
