"""Markdown for a page of feedback: cleaned like everywhere, with formulas as MathML and pictures in the page itself.

A formula is put in only after the cleaning, in the place of a mark that nobody can write, and never inside of a tag.
"""

from __future__ import annotations

import base64
import html
import re
from functools import lru_cache
from pathlib import Path

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from ..pipeline import safe_html
from ..pipeline.safe_markdown import ALIGNED, TASK
from .formula import mathml, of_environment

BEFORE, AFTER, BACKSLASH = "\ue000", "\ue001", "\ue002"  # code points for private use; a student's own are taken out
MARKS = re.compile(f"[{BEFORE}{AFTER}{BACKSLASH}]")
MARK = re.compile(f"{BEFORE}([0-9]+){AFTER}")
TAG = re.compile(r'(<[a-z/!](?:[^<>"]|"[^"]*")*>)', re.IGNORECASE)
DRAWN = re.compile(rf'(<img[^>]* src=")({safe_html.NAME}\.(png|jpe?g|gif|webp|svg))"', re.IGNORECASE | re.ASCII)
EMPTY_HEADER = re.compile(r"<th[^>]*>\s*</th>")
FORMULA_HEADER = re.compile(r"<th([^>]*)>(\s*<math(?:(?!</th>).)*</math>\s*)</th>", re.DOTALL)
FORMULA = re.compile(r"\$([^$\n]+)\$")  # in plain text
CODE = re.compile(r"`([^`\n<]+)`")
MATHS = re.compile(r"<math((?:(?!</math>).)*)</math>", re.DOTALL)
TABLE = re.compile(r"<table.*?</table>", re.DOTALL | re.IGNORECASE)
WIDE = '<div class="wide" tabindex="0" role="group" aria-label="Table">'  # on a small screen moved by itself, by keys too
LARGEST = 1_000_000  # bytes of a picture that is put into the page
LONGEST_KEPT = 10_000  # characters of a text that is remembered for the next page
MOST_MATHS = 20_000  # characters of formulas in one text
OPENING = re.compile(r"\\(begin\{|\\[(\[])")  # of a formula: for each, the whole text is searched for its end
MOST_OPENINGS = 300
TOO_MANY = "<p><em>This text opens too many formulas, so none of them is laid out.</em></p>\n"


class _Renderer(IPythonRenderer):
    """nbconvert's, with a mark where a formula is; `formulas` are what was meant."""

    def __init__(self, attachments: dict):
        super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
        self.formulas: list[tuple[str, bool]] = []

    def _marked(self, latex: str, block: bool) -> str:
        self.formulas.append((latex, block))
        return f"{BEFORE}{len(self.formulas) - 1}{AFTER}"

    def inline_math(self, body: str) -> str:
        return self._marked(body, False)

    def block_math(self, body: str) -> str:
        return self._marked(body, True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._marked(of_environment(name, body), True)


@pass_context
def markdown(context, source: str) -> str:
    """Return Markdown as HTML that acts on nothing and loads nothing."""
    attachments = context.get("cell", {}).get("attachments", {})
    folder = context.get("resources", {}).get("metadata", {}).get("path", "")
    return page_part(source, attachments, Path(folder) if folder else None)


def page_part(source: str, attachments: dict | None = None, folder: Path | None = None) -> str:
    """Return Markdown as HTML; pictures that lie in `folder` are put into it."""
    is_usual = not attachments and len(source) <= LONGEST_KEPT
    return _with_pictures(_known(source) if is_usual else _made(source, attachments), folder)


def _made(source: str, attachments: dict | None) -> str:
    source = MARKS.sub("", source)
    source, opened = OPENING.subn(rf"{BACKSLASH}\1", source) if _opens_too_many(source) else (source, 0)
    renderer = _Renderer(attachments or {})
    try:
        made = MarkdownWithMath(renderer=renderer).render(source)
    except InvalidNotebook:  # a picture that was pasted into another notebook
        renderer = _Renderer({})
        made = MarkdownWithMath(renderer=renderer).render(source.replace("attachment:", ""))
    made = TASK.sub(lambda found: "☑ " if found[1] else "☐ ", made)
    cleaned = safe_html.clean(ALIGNED.sub(r'\1 align="\2">', made))
    cleaned = EMPTY_HEADER.sub(r"<td></td>", cleaned)  # which a screen reader would announce as one
    cleaned = TABLE.sub(rf"{WIDE}\g<0></div>", cleaned)
    shown = _with_formulas(cleaned, renderer.formulas).replace(BACKSLASH, "\\")
    return TOO_MANY + shown if opened else shown


def question(text: str) -> str:
    """Return the plain text of a quiz as HTML: of its card, with formulas, a graded notebook keeps only that."""
    formulas: list[tuple[str, bool]] = []

    def marked(found: re.Match) -> str:
        formulas.append((found[1], False))
        return f"{BEFORE}{len(formulas) - 1}{AFTER}"

    made = FORMULA.sub(marked, MARKS.sub("", text))
    return CODE.sub(r"<code>\1</code>", _with_formulas(html.escape(made), formulas))


def _opens_too_many(source: str) -> bool:
    return sum(1 for _ in OPENING.finditer(source)) > MOST_OPENINGS


@lru_cache(500)
def _known(source: str) -> str:
    """Return what is made of a text, of which most stand on every page of a class."""
    return _made(source, None)


def _with_formulas(cleaned: str, formulas: list[tuple[str, bool]]) -> str:
    left = MOST_MATHS

    def shown(found: re.Match) -> str:
        nonlocal left
        latex, block = formulas[int(found[1])]
        left -= len(latex)
        return (mathml(latex, block) if left > 0 else None) or f"<code>{html.escape(latex)}</code>"

    parts = TAG.split(cleaned)  # texts and tags, by turns
    for i, part in enumerate(parts):
        if MARK.search(part):
            parts[i] = MARK.sub(lambda found: html.escape(formulas[int(found[1])][0]) if i % 2 else shown(found), part)
    return FORMULA_HEADER.sub(_named, "".join(parts))


def _named(header: re.Match) -> str:
    """Return a header cell that holds formulas alone with their names, since some readers take it for empty.

    The name stands at the formula: one at the cell does not count for them.
    """
    return f"<th{header[1]}>{MATHS.sub(_with_its_name, header[2])}</th>"


def _with_its_name(formula: re.Match) -> str:
    said = " ".join(re.sub("<[^>]*>", " ", formula[0]).replace('"', "&quot;").split())
    return f'<math aria-label="{said}"{formula[1]}</math>'


def _with_pictures(text: str, folder: Path | None) -> str:
    def put_in(found: re.Match) -> str:
        path = Path(folder or "", html.unescape(found[2]).replace("%20", " "))
        kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(found[3].lower(), found[3].lower())
        try:
            if folder is None or not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
                return found[0]
            if path.stat().st_size > LARGEST:
                return found[0]
            data = base64.b64encode(path.read_bytes()).decode()
        except OSError:
            return found[0]
        return f'{found[1]}data:image/{kind};base64,{data}"'

    return DRAWN.sub(put_in, text)
