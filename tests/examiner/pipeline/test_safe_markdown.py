"""Markdown of a submission is shown, and does nothing."""

import pytest
from jinja2 import Environment
from nbformat import v4

from examiner.pipeline.safe_markdown import markdown


def shown(source: str) -> str:
    page = Environment()
    page.filters["markdown2html"] = markdown
    return page.from_string("{{ cell.source | markdown2html }}").render(cell=v4.new_markdown_cell(source))


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://example.org'></iframe>",
        "[x](javascript:alert(1))",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,alert'>x</a>",
        "<form action='/formgrader'><button>x</button></form>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<img src='https://example.org/seen.png'>",
        "<style>body { display: none }</style>",
        r"$\href{javascript:alert(1)}{x}$",
    ],
)
def test_nothing_acts(attack):
    html = shown(attack)
    tags = html.replace("&lt;", "").lower()
    assert not any(f"<{tag}" in tags for tag in ("script", "svg", "iframe", "form", "button", "meta", "style"))
    assert not any(word in html for word in ("onerror=alert(1)>", 'href="java', 'href="data', 'src="http', r"\href"))


def test_what_the_lessons_use_is_kept():
    source = (
        "## Title\n\nA **word**, $a_1 = \\sigma(z)$ and [a link](https://numpy.org).\n\n![alt](images/network.svg)\n\n"
        "| name | shape |\n|---|---|\n| `W1` | (n_h, n_x) |\n"
    )
    html = shown(source)
    for part in ("<h2", "<strong>word", r"$a_1 = \sigma(z)$", 'href="https://numpy.org"', 'src="images/network.svg"'):
        assert part in html
    assert "<td>" in html.replace(' class=""', "")
    assert "&lt;" not in html


def test_a_picture_that_travels_with_its_cell_is_kept():
    assert "data:image/png;base64,AAAA" in shown("![x](data:image/png;base64,AAAA)")
