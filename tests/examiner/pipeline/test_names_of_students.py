"""A student's name is one name however its accents were written, and whatever the case of its letters."""

from __future__ import annotations

import os
import unicodedata

import pytest

from examiner.commands import grade, report
from examiner.commands.nbgrader_api import gradebook_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def enrol(tiny, *names: str) -> None:
    with gradebook_of(tiny) as gradebook:
        for name in names:
            gradebook.update_or_create_student(name)


def enrolled(tiny, like: str) -> list[str]:
    with gradebook_of(tiny) as gradebook:
        same = [student.id for student in gradebook.students]
    return [name for name in same if unicodedata.normalize("NFC", name).casefold() == like.casefold()]


def score(tiny, student: str) -> float:
    return next(result.score for result in report.results(tiny, "numbers") if result.student == student)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("josé", unicodedata.normalize("NFD", "josé")), (unicodedata.normalize("NFD", "zoë"), "zoë"), ("Ada", "ada")],
)
def test_a_folder_is_of_the_student_on_the_roster(tiny, name, folder):
    enrol(tiny, name)
    tiny.submit(folder)
    outcome = tiny.grade(folder)[folder]
    assert outcome.graded, outcome.reason
    assert enrolled(tiny, unicodedata.normalize("NFC", name)) == [name]
    assert score(tiny, name) == 100
    assert any("was taken as that of" in note for note in outcome.notes)
    (page,) = grade.feedback(tiny, "numbers", [folder])
    assert page.parent.parent.name == name


def test_two_students_whose_names_differ_by_case_alone_stay_two(tiny):
    enrol(tiny, "Ben", "ben")
    tiny.submit("ben")
    tiny.submit("Ben", answer="def double(x):\n    return 0")
    tiny.grade("ben", "Ben")
    assert (score(tiny, "ben"), score(tiny, "Ben")) == (100, 0)


def test_of_two_folders_of_one_student_the_one_of_the_very_name_counts(tiny):
    enrol(tiny, "Cleo")
    tiny.submit("Cleo")
    tiny.submit("cleo", answer="def double(x):\n    return 0")
    outcomes = tiny.grade("Cleo", "cleo")
    assert score(tiny, "Cleo") == 100
    assert not outcomes["cleo"].graded
    assert "Cleo" in outcomes["cleo"].reason


def test_a_folder_whose_name_is_no_text_is_named_with_what_to_do(tiny):
    tiny.submit("dora")
    folder = os.fsdecode(b"dora \xff")
    (tiny.root / "submitted" / "dora").rename(tiny.root / "submitted" / folder)
    outcome = tiny.grade(folder)[folder]
    assert outcome.reason == "the name of its folder in submitted/ is not valid UTF-8. Rename the folder"
