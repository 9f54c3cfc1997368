"""What the names of Canvas and Moodle say, and whose they are."""

from __future__ import annotations

import unicodedata

import pytest

from examiner.errors import UnknownStudent
from examiner.lms import names
from examiner.lms.people import People, Person, usable

BOOKS = {"numbers.ipynb", "week-1.ipynb", "my_two 3.ipynb"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("lovelaceada_12_345_numbers.ipynb", ("lovelaceada", "12", "numbers.ipynb", (345, 0), False)),
        ("lovelaceada_LATE_12_345_numbers-2.ipynb", ("lovelaceada", "12", "numbers.ipynb", (345, 2), True)),
        ("submissions/öz_12_345_week-1.ipynb", ("öz", "12", "week-1.ipynb", (345, 0), False)),
        ("öz_12_345_week-1-1.ipynb", ("öz", "12", "week-1.ipynb", (345, 1), False)),
        ("o_brien_12_345_my_two 3.ipynb", ("o_brien", "12", "my_two 3.ipynb", (345, 0), False)),
        ("x_12_345_hw_7_8_late.ipynb", ("x", "12", "hw_7_8_late.ipynb", (345, 0), False)),
        ("x_12_345_-Ada_9_assignsubmission_file_a", ("x", "12", "-Ada_9_assignsubmission_file_a", (345, 0), False)),
        ("anon_aB3x_345_numbers.ipynb", ("anon_aB3x", "", "numbers.ipynb", (345, 0), False)),
    ],
)
def test_a_name_of_canvas(path, said):
    sent = names.read(path, BOOKS)
    assert (sent.name, sent.number, sent.file, sent.rank, sent.late) == said
    assert path.split("/")[-1].startswith(sent.prefix)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Ada Lovelace_123_assignsubmission_file_/numbers.ipynb", ("Ada Lovelace", "123", "numbers.ipynb")),
        ("Ada Lovelace_123_assignsubmission_file/a/b.csv", ("Ada Lovelace", "123", "a/b.csv")),
        ("Eve_123_assignsubmission_file_1_2_a.csv", ("Eve", "123", "1_2_a.csv")),
        ("Eve_123_assignsubmission_file_/ada_12_345_a.csv", ("Eve", "123", "ada_12_345_a.csv")),
        ("all/Ada-Ann von X_123_assignsubmission_file_week-1.ipynb", ("Ada-Ann von X", "123", "week-1.ipynb")),
    ],
)
def test_a_name_of_moodle(path, said):
    sent = names.read(path, BOOKS)
    assert (sent.name, sent.number, sent.file) == said
    assert sent.prefix.startswith(f"{said[0]}_{said[1]}_assignsubmission_file")


@pytest.mark.parametrize(
    "path", ["numbers.ipynb", "x_12_text.html", "x_1_link.html", "A_1_assignsubmission_onlinetext_/x"]
)
def test_other_names_are_nobodys(path):
    assert names.read(path, BOOKS) is None


PEOPLE = People(
    [
        Person("ada", "Ada", "Lovelace", lms_user_id="12"),
        Person("zoe", "Zoë Ann", "Müller-Öz"),
        Person("a1", "Kim", "Lee"),
        Person("a2", "Kim", "Lee"),
    ],
    {"Somebody Else_9": "ada"},
)


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("whatever_12_3_numbers.ipynb", "ada"),
        ("mülleröz" + "zoëann_7_3_numbers.ipynb", "zoe"),
        (unicodedata.normalize("NFD", "mülleröz" + "zoëann_LATE_7_3_numbers.ipynb"), "zoe"),
        (unicodedata.normalize("NFD", "Zoë Ann Müller-Öz_5_assignsubmission_file_/numbers.ipynb"), "zoe"),
        ("Group 1-Zoë Ann Müller-Öz_5_assignsubmission_file_/numbers.ipynb", "zoe"),
        ("Somebody Else_9_assignsubmission_file_/numbers.ipynb", "ada"),
    ],
)
def test_a_student_is_found_in_the_roster(path, student):
    assert PEOPLE.whose(names.read(path, BOOKS)) == student


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("Kim Lee_5_assignsubmission_file_/numbers.ipynb", "2 students"),
        ("Participant_5_assignsubmission_file_/numbers.ipynb", "class list"),
        ("lovelaceada_99_3_numbers.ipynb", "class list"),  # another number: somebody of the same name
        ("anon_x1_3_numbers.ipynb", "secret"),
    ],
)
def test_who_is_not_certain_is_nobody_and_what_to_do_is_said(path, what):
    with pytest.raises(UnknownStudent, match=what):
        PEOPLE.whose(names.read(path, BOOKS))


def test_without_a_roster_a_student_is_what_the_lms_says():
    nobody = People([])
    assert nobody.whose(names.read("x_12_3_numbers.ipynb", BOOKS)) == "12"
    assert nobody.whose(names.read("Ada L_12_assignsubmission_file_/n.ipynb", BOOKS)) == "Ada L"
    with pytest.raises(UnknownStudent):
        nobody.whose(names.read(".._12_assignsubmission_file_/n.ipynb", BOOKS))


def test_a_students_id_is_the_name_of_a_folder():
    assert all(map(usable, ("ada", "a.b@c.org", "Zoë Ö")))
    assert not any(map(usable, ("", "..", ".x", "-x", "a/b", "a\\b", "a\0b", "x" * 300)))
