"""Markdown of a submission is shown, and does nothing."""

import pytest
from jinja2 import Environment
from nbformat import v4

from examiner.pipeline.safe_markdown import latex, markdown


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


def test_fenced_code_lists_of_tasks_and_aligned_tables_are_shown_without_a_class():
    html = shown("```python\nx = a < b\n```\n\n- [ ] to do\n- [x] done\n\n| a |\n|--:|\n| 1 |\n")
    assert "class=" not in html
    assert "style=" not in html
    assert "x" in html
    assert "☐ to do" in html
    assert "☑ done" in html
    assert '<td align="right">1</td>' in html


def test_a_comparison_in_a_text_is_no_tag():
    assert "if a&lt;b and c&gt;d" in shown("if a<b and c>d")
    assert "$a &lt; b$" in shown("$a < b$")
    assert "$$a&lt;b$$" in shown("$$a<b$$")


def test_a_heading_can_be_linked_to_within_its_text():
    assert 'id="text-The-chain-rule"' in shown("# The *chain* rule")
    assert 'href="#text-The-chain-rule"' in shown("[above](#The-chain-rule)")


def test_no_link_without_words_stands_beside_a_heading():
    assert "<a" not in shown("# The *chain* rule")


@pytest.mark.parametrize("reference", ["javascript:x()", "//there.org/x.png", "data:text/html,x", "/logout"])
def test_an_address_that_is_written_apart_is_judged_like_any_other(reference):
    html = shown(f"[a][r] ![b][r] <{reference}> [c](<{reference}>)\n\n[r]: {reference}")
    assert "href=" not in html
    assert "src=" not in html


def test_a_picture_that_was_pasted_into_another_notebook_is_missing_and_nothing_else():
    assert "after" in shown("![x](attachment:x.png) after")


def test_latex_in_an_output_is_text_for_formulas():
    assert latex(r"$\frac{1}{2} < \href{x}{y}$</script>") == r"$\frac{1}{2} &lt; \text{href}{x}{y}$&lt;/script&gt;"


def test_a_picture_that_travels_with_its_cell_is_kept():
    assert "data:image/png;base64,AAAA" in shown("![x](data:image/png;base64,AAAA)")
