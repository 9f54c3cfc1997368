"""Take out of a graded notebook what its student may not see: hidden tests, what they asked, and paths of the machine.

A function of the student's can print what a hidden test gives to it, or put it into an error. So of a cell with hidden
tests nothing is kept but the words of its checks, of these not what was called and returned, and why a failing one earns
points all the same.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from backprop.check import VERDICT_MIME

from ..judging.partial_credit import CREDIT_MIME

HIDDEN_PART = re.compile(r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?(?:END \1[^\n]*|\Z)", re.DOTALL | re.MULTILINE)
INSTEAD = {"HIDDEN TESTS": "# A hidden test ran here.", "MARK SCHEME": ""}
RAISED = "Your code raised an error with inputs that are not shown."
# What is said in place of words that may be the student's own: a name, a line, a message.
INSTEAD_OF = {
    "exception": RAISED,
    "unanswered": "The answer is missing, or needs something that is missing.",
    "too slow": "With inputs that are not shown, it did not end in time.",
    "ended": "With inputs that are not shown, Python itself ended.",
    "changed": "It changes one of its arguments. The caller still needs it as it was.",
}
PATH = re.compile(r"[^\s\"'<>:]+")  # or a word like one
INSTALLED = re.compile(r"/(?:site-packages/|dist-packages/|lib/python3)")


def hide(nb: NotebookNode, root: str) -> None:
    """Change a notebook that is to be shown; `root` is the folder of the course."""
    cut = without_paths(root)
    for cell in nb.cells:
        hidden = "BEGIN HIDDEN TESTS" in cell.source
        cell.source = HIDDEN_PART.sub(lambda found: INSTEAD[found[1]], cell.source)
        if hidden and cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if VERDICT_MIME in out.get("data", {}) or _is_credit(out)]
            for out in cell.outputs:
                credit = {name: out.data[name] for name in (CREDIT_MIME, "text/markdown") if name in out.data}
                out.data = credit if _is_credit(out) else {VERDICT_MIME: _unsaid(out.data[VERDICT_MIME])}
        for out in cell.get("outputs", ()):
            _change(out, cut)


def _is_credit(out: NotebookNode) -> bool:
    """Whether an output says why a failing test earns points: words of ours about exercises, which only we can put."""
    return out.output_type == "execute_result" and CREDIT_MIME in out.get("data", {})


def without_paths(root: str) -> Callable[[str], str]:
    """Return a function that takes the folders of this machine out of a text; most texts have no slash, so no folder."""
    folders = {root, str(Path(root).resolve()), str(Path.home()), sys.prefix, tempfile.gettempdir()} - {"/", ""}
    known = re.compile("|".join(re.escape(one.rstrip("/")) for one in sorted(folders, key=len, reverse=True)))
    return lambda text: PATH.sub(_from_libraries_on, known.sub("…", text)) if "/" in text else text


def _from_libraries_on(path: re.Match) -> str:
    """Return a path without the folders above those of Python's libraries; each text is gone through once."""
    text = path[0]
    last = max((found.start() for found in INSTALLED.finditer(text)), default=0)
    first = text.find("/")
    return f"{text[:first]}…{text[last:]}" if 0 <= first < last else text


def _unsaid(verdict: dict) -> dict:
    """Return a verdict without what a hidden check called with, and what came out."""
    if not verdict.get("hidden"):
        return verdict
    but = INSTEAD_OF.get(verdict.get("kind", ""), verdict.get("but", ""))
    return {**verdict, "called": "", "returned": "", "but": but, "line": "", "notes": []}


def _change(home: dict | list, cut: Callable[[str], str]) -> None:
    """Change all texts in an output, but for pictures."""
    for key in range(len(home)) if isinstance(home, list) else list(home):
        value = home[key]
        if isinstance(value, str) and not str(key).startswith("image/"):
            home[key] = cut(value)
        elif isinstance(value, dict | list):
            _change(value, cut)
