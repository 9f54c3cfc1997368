"""Formulas become MathML that shows and does nothing else."""

from __future__ import annotations

import nbformat
import pytest

from examiner.feedback import markdown
from examiner.feedback.formula import mathml


def test_a_formula_becomes_mathml():
    made = mathml(r"\frac{\partial C}{\partial w}")
    assert made.startswith("<math display=")
    assert "<mfrac>" in made


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(http://x)}{x}",
        r"\class{right}{x}",
        '\\text{" onload="x}',
    ],
)
def test_nothing_in_a_formula_acts(latex):
    made = markdown.page_part(f"a ${latex}$ b")
    assert not any(said in made for said in ("<script", "<img", "href=", "style=", "class=", 'onload="'))


@pytest.mark.parametrize(
    "latex", ["x" * 3000, "{" * 900, r"\frac" * 300, r"\left(" * 300, r"\unknown{x}", r"\begin{matrix}" * 140]
)
def test_what_cannot_be_set_is_shown_as_it_was_written(latex):
    assert mathml(latex) is None
    assert f"<code>{latex}</code>" in markdown.page_part(f"${latex}$")


def test_a_formula_in_an_attribute_stays_text():
    made = markdown.page_part("[x](https://example.org 'a $b$') ![a $x$ \"b](y.png)")
    assert "<math" not in made
    assert "\ue000" not in made


def test_marks_of_a_student_are_no_formulas():
    assert markdown.page_part("\ue0000\ue001 $x$").count("<math") == 1


def test_a_picture_beside_the_page_is_put_into_it(tmp_path):
    (tmp_path / "a.png").write_bytes(b"picture")
    (tmp_path.parent / "secret.png").write_bytes(b"secret")
    (tmp_path / "link.png").symlink_to(tmp_path.parent / "secret.png")
    made = markdown.page_part("![a](a.png) ![b](../secret.png) ![c](link.png)", folder=tmp_path)
    assert made.count("base64") == 1


def test_all_formulas_of_the_course_can_be_set(course_root):
    for path in (course_root / "source").glob("*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown" and "$" in cell.source:
                assert "\\" not in markdown.page_part(cell.source).replace("\\\\", ""), cell.source


def test_a_header_that_is_a_formula_has_a_name():
    made = markdown.page_part("| $x$ | b $y$ |\n|---|---|\n| 1 | 2 |\n")
    assert '<th><math aria-label="x"' in made
    assert made.count("<math aria-label") == 1


def test_a_table_can_be_moved_with_the_keys_where_it_is_wider_than_the_screen():
    made = markdown.page_part("| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n")
    assert made.count('<div class="wide" tabindex="0" role="group" aria-label="Table"><table>') == 2
    assert made.count("</table></div>") == 2


def test_a_quiz_shows_its_formulas_and_its_code_and_nothing_that_acts():
    made = markdown.question('Is $a_1 = 2$?\n  A  <b onclick="x()">yes</b>\nWrite: `answer_1 = "A"`')
    assert "<msub><mi>a</mi><mn>1</mn></msub>" in made
    assert "<code>answer_1 = &quot;A&quot;</code>" in made
    assert "<b" not in made


@pytest.mark.parametrize("text", ["It costs 5 $.", "$ 5\nand 6 $", "\ue0000\ue001 and nothing else"])
def test_a_quiz_without_formulas_is_shown_as_it_is_written(text):
    assert markdown.question(text) == text.replace("\ue000", "").replace("\ue001", "")


@pytest.mark.parametrize("opening", ["\\begin{align}", "\\\\(", "\\\\["])
def test_a_text_that_opens_too_many_formulas_is_told_so_and_shown(opening):
    many = markdown.page_part(opening * (markdown.MOST_OPENINGS + 1) + " $x$")
    few = markdown.page_part(opening * 3 + " $x$")
    assert many.startswith("<p><em>This text opens too many formulas")
    assert many.count(opening[1:]) == markdown.MOST_OPENINGS + 1
    assert "opens too many" not in few
