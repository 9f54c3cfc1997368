"""Turn LaTeX into MathML, so that a page shows its formulas without a script and without a network.

The library gives a tree of elements; here it is written out, and only what is known to do nothing but show is kept.
"""

from __future__ import annotations

import html
import re
import sys
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

LONGEST = 2000  # characters; a longer formula is shown as it was written
# fmt: off
TAGS = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "none",
}
ATTRIBUTES = {
    "accent", "columnalign", "columnspacing", "columnlines", "depth", "display", "displaystyle", "fence", "form",
    "height", "largeop", "linebreak", "linethickness", "lspace", "mathcolor", "mathvariant", "maxsize", "minsize",
    "movablelimits", "notation", "rowalign", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator",
    "stretchy", "symmetric", "voffset", "width",
}
# fmt: on
VALUE = re.compile(r"[\w .#%+-]{0,40}", re.ASCII)
NOT_KNOWN = re.compile(r"\\[A-Za-z]+")
COLOUR = re.compile(r"\\(?:text)?color\s*(?:\{[^{}]*\}|[A-Za-z]+)")  # text in a pale colour cannot be read
OF_ENVIRONMENT = {"equation", "equation*", "displaymath", "math"}  # which the library takes for unknown


@lru_cache(2000)  # most of a class's formulas are the same
def mathml(latex: str, block: bool = False) -> str | None:
    """Return a formula as MathML, or None where it is too long, broken, or has a word that is not known."""
    latex = COLOUR.sub("", latex)
    if len(latex) > LONGEST:
        return None
    limit = sys.getrecursionlimit()
    try:
        written = _written(convert_to_element(latex, display="block" if block else "inline"))
    except (Exception, RecursionError):  # the library raises many kinds
        return None
    finally:
        sys.setrecursionlimit(limit)
    if NOT_KNOWN.search(written):
        return None
    return written.replace("<math", '<math tabindex="0"', 1) if block else written  # it may be wider than the page


def of_environment(name: str, body: str) -> str:
    """Return what stands between \\begin and \\end as a formula of its own."""
    return body if name in OF_ENVIRONMENT else f"\\begin{{{name}}}{body}\\end{{{name}}}"


def _written(element: Element) -> str:
    tag = element.tag if element.tag in TAGS else "mrow"
    kept = {
        name: value for name, value in element.attrib.items() if name in ATTRIBUTES and VALUE.fullmatch(str(value))
    }
    said = "".join(f' {name}="{value}"' for name, value in kept.items())
    text = html.escape(html.unescape(element.text or ""))
    return f"<{tag}{said}>{text}{''.join(map(_written, element))}</{tag}>"
