"""Show a verdict as plain text (terminal, screen reader, Validate) and as HTML that says the same."""

from __future__ import annotations

import textwrap
from html import escape

from .verdict import Verdict

WIDTH = 84  # nbgrader's `validate` cuts longer lines off
LABEL = 15


def headline(verdict: Verdict) -> str:
    """Return the first line: the sign, the word for it, and the exercise."""
    sign, word = ("✓", "right") if verdict.passed else ("✗", "not right yet")
    which = " · hidden test" if verdict.hidden else ""
    return f"{sign} {verdict.name}{which} · {word}"


def rows(verdict: Verdict) -> list[tuple[str, str]]:
    """Return the labelled sentences of a verdict, in reading order; empty ones are left out."""
    if verdict.passed:
        found = [("Because", verdict.because), *[("Note", _harmless(note)) for note in verdict.notes]]
    else:
        first = f"{verdict.first} has not passed its check yet, and this exercise builds on it."
        found = [
            *_did(verdict),
            ("Should hold", verdict.holds),
            ("But", verdict.but),
            ("Earlier", verdict.earlier),
            ("First off", verdict.line),
            ("First", first if verdict.first else ""),
            ("Hint", verdict.hint),
            ("Ask yourself", verdict.ask),
            *[("Note", note) for note in verdict.notes],
        ]
    return [(label, sentence) for label, sentence in found if sentence]


def _did(verdict: Verdict) -> list[tuple[str, str]]:
    if verdict.called.isidentifier():  # a variable, as the answer to a quiz is
        return [("You answered", f"`{verdict.called}` is {verdict.returned}" if verdict.returned else "")]
    return [("You called", verdict.called), ("You returned", verdict.returned)]


def _harmless(note: str) -> str:
    return f"{note} (this costs no points)"


def option_lines(verdict: Verdict) -> list[str]:
    """Return one line for each option of a quiz: chosen or left, rightly or wrongly, and why."""
    lines = []
    for option in verdict.options:
        sign = "✓" if option["chosen"] == option["right"] else "✗"
        did = "chosen" if option["chosen"] else "left"
        judged = "rightly" if option["chosen"] == option["right"] else "wrongly"
        lines.append(f"{sign} {option['label']} {judged} {did}: {option['because']}")
    return lines


def as_text(verdict: Verdict, progress: str = "") -> str:
    """Return the verdict as lines of at most about 84 characters."""
    head = headline(verdict)
    tail = progress if verdict.passed else _points(verdict)
    lines = [f"{head}{' ' * max(2, WIDTH - len(head) - len(tail))}{tail}" if tail else head]
    for label, sentence in rows(verdict):
        lines += textwrap.wrap(
            sentence,
            WIDTH,
            initial_indent=f"  {label:<{LABEL - 2}}",
            subsequent_indent=" " * LABEL,
            break_long_words=False,
        )
    for line in option_lines(verdict):
        lines += textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent=" " * 6)
    return "\n".join(lines)


def _points(verdict: Verdict) -> str:
    return "" if verdict.hidden or not verdict.points else f"0 of {verdict.points:g} points"


def as_html(verdict: Verdict, progress: str = "") -> str:
    """Return the verdict as a card; colours come from JupyterLab's theme, and none is the only sign."""
    colour = "var(--jp-success-color1, #2e7d32)" if verdict.passed else "var(--jp-error-color1, #c62828)"
    tail = progress if verdict.passed else _points(verdict)
    head = (
        f'<div style="display:flex;justify-content:space-between;gap:1em;flex-wrap:wrap">'
        f'<strong style="color:{colour}">{escape(headline(verdict))}</strong>'
        f'<span style="color:var(--jp-ui-font-color2, #555)">{escape(tail)}</span></div>'
    )
    body = "".join(
        f'<tr style="background:none"><th scope="row" style="text-align:left;vertical-align:top;white-space:nowrap;'
        f'padding:2px 14px 2px 0;color:var(--jp-ui-font-color2, #555);font-weight:600">{escape(label)}</th>'
        f'<td style="text-align:left;padding:2px 0">{_code(sentence)}</td></tr>'
        for label, sentence in rows(verdict)
    )
    table = f'<table style="border:none;margin:4px 0 0 0;font-size:inherit">{body}</table>' if body else ""
    options = "".join(f"<li>{_code(line)}</li>" for line in option_lines(verdict))
    listing = f'<ul style="list-style:none;padding:0;margin:4px 0 0 0">{options}</ul>' if options else ""
    return card(colour, head + table + listing, headline(verdict))


def card(colour: str, content: str, label: str = "") -> str:
    """Return HTML in a frame with a bar of this colour at its left."""
    named = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<div role="group"{named} style="border-left:4px solid {colour};'
        f"padding:6px 12px;margin:2px 0;max-width:60em;background:var(--jp-layout-color1, #fff);"
        f'color:var(--jp-ui-font-color1, #222)">{content}</div>'
    )


def _code(sentence: str) -> str:
    """Return `sentence` escaped, with `this` set as code."""
    parts = escape(sentence).split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
