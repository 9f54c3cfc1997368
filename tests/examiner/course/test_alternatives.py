"""Reading `alternatives.toml`: what is in it, and a sentence for each way in which an entry cannot be used."""

from __future__ import annotations

import pytest

from examiner.course import alternatives
from examiner.course.alternatives import Alternative
from examiner.errors import ExaminerError

ENTRY = """
[[alternative]]
exercise = "6"
style = "loops"
solution = '''
def f():
    return 1
'''
"""


def read(folder, text):
    (folder / alternatives.NAME).write_text(text, encoding="utf-8")
    return alternatives.read(folder)


def test_alternatives_come_in_the_order_of_the_file(tmp_path):
    other = ENTRY.replace("loops", "einsum").replace("solution", "slow = true\nsolution")
    assert read(tmp_path, ENTRY + other) == (
        Alternative("6", "loops", "def f():\n    return 1\n"),
        Alternative("6", "einsum", "def f():\n    return 1\n", slow=True),
    )


def test_an_assignment_without_the_file_has_no_alternatives(tmp_path):
    assert alternatives.read(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            ENTRY.replace('exercise = "6"\n', ""),
            r"alternative\]\] loops: 'exercise' is missing: write",
            id="no exercise",
        ),
        pytest.param(
            ENTRY.replace('style = "loops"\n', ""), r"alternative\]\] number 1: 'style' is missing", id="no style"
        ),
        pytest.param(ENTRY.replace('"loops"', '" "'), "style = ' ', but should be a string", id="empty"),
        pytest.param(ENTRY.replace('"6"', "6"), "exercise = 6, but should be a string", id="a number for a key"),
        pytest.param(ENTRY.replace("style", "stlye"), "Do you mean 'style'", id="a misspelt word"),
        pytest.param(
            ENTRY + 'hint = "no"\n',
            "'hint' has no meaning here. Known: exercise, style, solution, slow",
            id="another word",
        ),
        pytest.param(ENTRY + 'slow = "yes"\n', "slow = 'yes', but should be true or false", id="slow is no boolean"),
        pytest.param(ENTRY.replace("return 1", "return ("), "line 2 of its solution: .*never closed", id="no Python"),
        pytest.param(ENTRY + ENTRY, "two alternatives of exercise 6 are called 'loops'", id="twice"),
        pytest.param(
            ENTRY.replace("[[alternative]]", "[[alternate]]"), "'alternate' has no meaning here", id="a table"
        ),
        pytest.param("[[alternative", r"alternatives\.toml: ", id="no TOML"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(tmp_path, text, words):
    with pytest.raises(ExaminerError, match=words):
        read(tmp_path, text)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / alternatives.NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExaminerError, match=r"alternatives\.toml"):
        alternatives.read(tmp_path)
