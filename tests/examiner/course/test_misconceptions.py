"""What may stand in `misconceptions.toml`, and the sentence for what may not."""

from __future__ import annotations

import pytest

from examiner.course import misconceptions
from examiner.course.folders import CONFIG, Course
from examiner.errors import ExaminerError

EXERCISE = """
[[exercise]]
key = "1"
title = "Twice"
function = "double"
holds = "twice the number."
hint = "Add it to itself."
ask = "How much is twice nothing?"
"""
MISCONCEPTION = """
[[misconception]]
exercise = "1"
id = "half"
edit = ["2 * x", "x / 2"]
hint = "Larger, not smaller."
ask = "What is twice 4?"
"""
NUMBER = """
[[quiz]]
key = "1"
kind = "number"
question = "How much?"
answer = 1.2
"""
WRONG = """
[[quiz.wrong]]
answer = 2.4
because = "it is half of that."
"""
OPTIONS = """
[[quiz]]
key = "1"
kind = "one"
question = "Which?"

[[quiz.option]]
label = "A"
text = "this"
right = true
because = "it is."

[[quiz.option]]
label = "B"
text = "that"
because = "it is not."
"""


def read(folder, text):
    (folder / misconceptions.NAME).write_text(text, encoding="utf-8")
    return misconceptions.read(folder)


def test_everything_that_is_known_is_read(tmp_path):
    found = read(tmp_path, "place = 3\n" + EXERCISE + MISCONCEPTION + NUMBER)
    assert list(found.exercises) == ["1"]
    assert [(one.id, one.credit) for one in found.misconceptions] == [("half", 0.0)]
    assert found.quizzes[0]["answer"] == 1.2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            EXERCISE + MISCONCEPTION.replace("[[misconception]]", "[[misconceptions]]"),
            r"Do you mean \[\[misconception\]\]",
        ),
        (EXERCISE + MISCONCEPTION.replace("[[misconception]]", "[misconception]"), r"write \[\[misconception\]\]"),
        (EXERCISE + MISCONCEPTION + "credits = 0.5\n", "'credits' has no meaning here. Do you mean 'credit'"),
        (EXERCISE + MISCONCEPTION + "credit = true\n", "credit = True, but should be a number"),
        (EXERCISE + MISCONCEPTION + "credit = 50\n", "a share of the points, from 0 to 1"),
        (EXERCISE + MISCONCEPTION + 'only_if = "("\n', "only_if of 'half' is not a pattern for Python's `re`"),
        (EXERCISE + MISCONCEPTION.replace('"x / 2"', "2"), "needs edit = "),
        (
            EXERCISE + MISCONCEPTION.replace('exercise = "1"', 'exercise = "2"'),
            "exercise '2', which does not exist",
        ),
        (EXERCISE + 'where = [["2.1", "it is 0"]]\n', r"exercise '1' needs where = \[\["),
        (EXERCISE + 'where = [["1.1"]]\n', r"pairs of a hidden test and what is special about its inputs"),
        ("place = true\n" + EXERCISE, "place = True, but should be a whole number"),
        ("plaec = 3\n" + EXERCISE, "Do you mean 'place'"),
        (EXERCISE + NUMBER.replace('kind = "number"\n', ""), r"\[\[quiz\]\] 1: 'kind' is missing"),
        (EXERCISE + NUMBER.replace('"number"', '"numbers"'), 'kind = \'numbers\', but should be "one" or "several" or'),
        (EXERCISE + NUMBER.replace("answer", "anwser"), "'anwser' has no meaning here. Do you mean 'answer'"),
        (EXERCISE + NUMBER.replace("answer = 1.2\n", ""), "quiz '1' asks for a number, but has no answer"),
        (EXERCISE + NUMBER.replace('key = "1"', 'key = "2"'), "quiz '2' has no exercise"),
        (EXERCISE + OPTIONS.replace("right = true\n", ""), "needs exactly one option with right = true, but has 0"),
        (EXERCISE + OPTIONS.replace('label = "B"', 'lable = "B"'), "'lable' has no meaning here. Do you mean 'label'"),
        (EXERCISE + EXERCISE, r"two \[\[exercise\]\] have key = '1': rename one of them"),
        (EXERCISE + NUMBER + OPTIONS, r"two \[\[quiz\]\] have key = '1'"),
        (EXERCISE + MISCONCEPTION + MISCONCEPTION, r"two \[\[misconception\]\] have id = 'half'"),
        (EXERCISE + OPTIONS.replace('"B"', '"A"'), r"two \[\[option\]\] have label = 'A'"),
        (
            EXERCISE + OPTIONS.replace('"Which?"', '"Which?"\nanswer = 2'),
            "kind 'one' takes no answer: leave it out, or",
        ),
        (EXERCISE + OPTIONS.replace('"Which?"', '"Which?"\ndecimals = 2'), "kind 'one' takes no decimals"),
        (EXERCISE + OPTIONS + WRONG, r"kind 'one' takes no \[\[quiz.wrong\]\]"),
        (
            EXERCISE + NUMBER + OPTIONS[OPTIONS.index("[[quiz.option]]") :],
            r"kind 'number' takes no \[\[quiz.option\]\]",
        ),
        (
            EXERCISE + MISCONCEPTION + 'edits = [["2", "3"]]\n',
            "'half' has both edit and edits: write all of them in edits",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_nearest_right_word(tmp_path, text, words):
    with pytest.raises(ExaminerError, match=words):
        read(tmp_path, text)


@pytest.mark.parametrize("written", ["place=3", "place = 3", "place   =   3  # the third", "\tplace\t=3"])
def test_a_place_counts_however_it_is_written(tmp_path, written):
    (tmp_path / CONFIG).touch()
    for name, line in (("first", "place = 1"), ("third", written), ("second", "place = 2"), ("unplaced", "")):
        folder = tmp_path / "source" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").touch()
        (folder / misconceptions.NAME).write_text(f"{line}\n{EXERCISE}", encoding="utf-8")
    assert Course(tmp_path).assignments() == ["first", "second", "third", "unplaced"]


def test_an_edit_that_leaves_no_python_is_refused(tmp_path):
    broken = read(tmp_path, EXERCISE + MISCONCEPTION.replace('"x / 2"', '"x /"')).misconceptions[0]
    with pytest.raises(ExaminerError, match="'half': its edits leave invalid Python"):
        broken.apply("def double(x):\n    return 2 * x\n")
