"""Statements about `render`: a verdict as text and as HTML, which say the same and let nothing through."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from backprop.explain.render import WIDTH, as_html, as_text, headline, option_lines
from backprop.explain.verdict import Verdict

WRONG = Verdict(
    key="6",
    exercise="6",
    name="Exercise 6 · slopes",
    passed=False,
    points=4,
    kind="value",
    called="slopes(X, Y)",
    returned="dW (10, 2): the shapes are right.",
    holds="each slope has the shape of its parameter.",
    but="in dW every entry is 3 times too large, and m is 3.",
    hint="The cost is a mean. Where does `1/m` enter `dZ2`?",
    ask="If the data were repeated twice, should the slope double?",
    first="Exercise 5 · cost",
    notes=["RuntimeWarning: overflow"],
)
RIGHT = Verdict("6", "6", "Exercise 6 · slopes", True, 4, returned="dW (10, 2)")
PROGRESS = "5 of 10 exercises · 20 of 40 visible points"
OPTIONS = [
    {"label": "A", "text": "a", "chosen": True, "right": True, "because": "so it is."},
    {"label": "B", "text": "b", "chosen": False, "right": True, "because": "you left it."},
    {"label": "C", "text": "c", "chosen": True, "right": False, "because": "it is not."},
    {"label": "D", "text": "d", "chosen": False, "right": False, "because": "well left."},
]


class Reader(HTMLParser):
    """Collects the text of a page, as a screen reader would, and the tags."""

    def __init__(self, page: str):
        super().__init__()
        self.words, self.tags, self.open = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Reader(page).words))


def test_a_right_answer_is_one_line_with_the_progress():
    text = as_text(RIGHT, PROGRESS)
    assert text.split("   ", 1)[0] == "✓ Exercise 6 · slopes · right"
    assert text.endswith(f"   {PROGRESS}")
    assert len(text) == WIDTH


def test_a_wrong_answer_says_in_order_what_was_done_what_should_be_and_what_to_think_about():
    lines = as_text(WRONG).splitlines()
    assert lines[0].startswith("✗ Exercise 6 · slopes · not right yet")
    assert lines[0].endswith("0 of 4 points")
    labels = [line[2:15].strip() for line in lines[1:] if line[2] != " "]
    assert labels == ["You called", "You returned", "Should hold", "But", "First", "Hint", "Ask yourself", "Note"]
    assert "Exercise 5 · cost has not passed its check yet" in as_text(WRONG)


def test_lines_are_short_enough_for_a_terminal():
    assert max(map(len, as_text(WRONG, PROGRESS).splitlines())) <= WIDTH


def test_text_and_html_say_the_same():
    for verdict in (WRONG, RIGHT, Verdict("3", "3", "Quiz", False, options=OPTIONS, notes=["a", "b"])):
        plain = re.sub(r"[`\s]+", " ", as_text(verdict, PROGRESS)).split()
        page = read(as_html(verdict, PROGRESS)).split()
        assert sorted(plain) == sorted(page)


def test_right_and_wrong_differ_by_sign_and_word_and_not_by_colour_alone():
    assert headline(RIGHT) == "✓ Exercise 6 · slopes · right"
    assert headline(WRONG) == "✗ Exercise 6 · slopes · not right yet"


def test_a_hidden_test_is_called_so_and_shows_no_points():
    hidden = Verdict("6.1", "6", "Exercise 6 · slopes", False, 4, hidden=True, but="no.")
    assert headline(hidden) == "✗ Exercise 6 · slopes · hidden test · not right yet"
    assert "points" not in as_text(hidden)


def test_a_warning_is_said_to_cost_nothing_where_the_answer_is_right():
    noted = Verdict("6", "6", "Exercise 6 · slopes", True, notes=["RuntimeWarning: overflow encountered in exp"])
    assert "RuntimeWarning: overflow encountered in exp (this costs no points)" in as_text(noted)


@pytest.mark.parametrize("field", ["name", "called", "returned", "holds", "but", "hint", "ask", "first"])
@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "`<b>`", "&lt;i>"])
def test_nothing_that_a_student_writes_becomes_html(field, attack):
    page = as_html(Verdict(**({"key": "1", "exercise": "1", "name": "n", "passed": False} | {field: attack})))
    assert not {"script", "img", "b", "i"} & set(Reader(page).tags)
    assert attack.replace("`", "") in html.unescape(page).replace("<code>", "").replace("</code>", "").replace("`", "")


def test_notes_progress_and_options_are_escaped_too():
    options = [OPTIONS[0] | {"label": "<b>", "because": "<i>"}]
    page = as_html(Verdict("1", "1", "n", True, notes=["<script>"], options=options), "<u>")
    assert not {"script", "b", "i", "u"} & set(Reader(page).tags)


def test_code_is_set_as_code_and_a_lone_backtick_stays_itself():
    assert "<code>1/m</code>" in as_html(WRONG)
    lone = as_html(Verdict("1", "1", "n", False, but="a ` b"))
    assert "<code>" not in lone
    assert "a ` b" in lone


def test_the_card_takes_its_colours_from_the_theme():
    for verdict in (RIGHT, WRONG):
        colours = re.findall(r"(?:color|background|solid)[: ]+([^;\"]+)", as_html(verdict, PROGRESS))
        assert colours
        assert all(colour.startswith("var(--jp-") or colour == "none" for colour in colours)


def test_a_screen_reader_gets_a_name_and_row_headers():
    page = as_html(WRONG)
    assert 'role="group" aria-label="✗ Exercise 6 · slopes · not right yet"' in page
    assert page.count('<th scope="row"') == 8


def test_every_option_of_a_quiz_gets_its_sentence():
    assert option_lines(Verdict("3", "3", "Quiz", False, options=OPTIONS)) == [
        "✓ A rightly chosen: so it is.",
        "✗ B wrongly left: you left it.",
        "✗ C wrongly chosen: it is not.",
        "✓ D rightly left: well left.",
    ]


def test_a_variable_is_answered_and_not_called():
    text = as_text(Verdict("3", "3", "Quiz", False, called="answer_3", returned="A, C", but="no."))
    assert "You answered `answer_3` is A, C" in text
    assert "You called" not in text
