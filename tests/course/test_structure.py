"""The course tests itself: every assignment keeps the rules of `structure`, and each rule can be broken."""

from __future__ import annotations

import json

import nbformat
import pytest
import structure as rules
import synthetic
from classroom import ASSIGNMENTS, COURSE, read_all
from structure import RULES, Assignment, complaints

from examiner.course import misconceptions


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_assignment_keeps_the_rule_that(assignment, rule):
    assert complaints(Assignment.read(COURSE.notebook(assignment)), rule) == []


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_files_of_an_assignment_can_be_read(assignment):
    read_all(assignment)


def test_the_course_has_an_assignment():
    assert ASSIGNMENTS, "source/ holds no folder with a notebook"


def test_the_smallest_whole_assignment_keeps_every_rule(tmp_path):
    sound = Assignment.read(synthetic.write(tmp_path / "numbers"))
    assert [sentence for rule in RULES for sentence in complaints(sound, rule)] == []


# --------------------------------------------------------------------------------- every rule, and how it is broken


def drop(id):
    def change(nb):
        nb.cells = [cell for cell in nb.cells if cell.id != id]

    return change


def alter(which, **changes):
    def change(nb):
        cell = next(cell for cell in nb.cells if cell.id == which)
        for name, value in changes.items():
            setattr(cell, name, value)

    return change


def grading(id, **changes):
    def change(nb):
        next(cell for cell in nb.cells if cell.id == id).metadata.nbgrader.update(changes)

    return change


def without_points(id):
    def change(nb):
        del next(cell for cell in nb.cells if cell.id == id).metadata.nbgrader["points"]

    return change


def swap(one, other):
    def change(nb):
        i, j = ([cell.id for cell in nb.cells].index(id) for id in (one, other))
        nb.cells[i], nb.cells[j] = nb.cells[j], nb.cells[i]

    return change


def copied(id):
    def change(nb):
        twin = nbformat.from_dict(json.loads(json.dumps(next(cell for cell in nb.cells if cell.id == id))))
        twin["id"] = "twin"
        nb.cells.append(twin)

    return change


LINT = rules.lint_finds_nothing
IN_ORDER = rules.every_exercise_has_a_solution_a_check_and_hidden_tests_in_this_order
MARKED = rules.solutions_and_hidden_tests_are_marked
POINTS = rules.each_part_gives_its_share_of_the_points
NOTHING_RAN = rules.nothing_that_ran_is_kept
PICTURES = rules.every_picture_is_told_in_words
LINKS = rules.every_link_to_a_notebook_leads_to_one
BROKEN = [
    (LINT, grading("check-1", grade_id="check-2"), "misconceptions.toml has no exercise '2'"),
    (LINT, drop("check-1"), "no check"),
    (LINT, grading("check-1", points=41), "add up to 101"),
    (LINT, alter("title", source="![one two three four](a.svg)"), "not there"),
    (IN_ORDER, drop("exercise-1"), "no solution cell"),
    (IN_ORDER, drop("hidden-1"), "no hidden cell"),
    (IN_ORDER, swap("check-1", "exercise-1"), "order"),
    (rules.every_exercise_has_a_lesson_before_it, drop("lesson-1"), "no lesson"),
    (rules.every_exercise_has_a_lesson_before_it, alter("lesson-1", source="## Exercise 10"), "'Exercise 1 · …'"),
    (rules.every_exercise_has_a_lesson_before_it, swap("lesson-1", "insight-1"), "no lesson"),
    (rules.every_exercise_has_an_insight_after_it, drop("insight-1"), "without an insight"),
    (rules.ids_are_kept_and_unique, copied("check-1"), "grade_id 'check-1' stands 2 times"),
    (rules.ids_are_kept_and_unique, alter("check-1", id="title"), "cell id 'title' stands 2 times"),
    (rules.nbgrader_accepts_the_metadata, grading("check-1", schema_version=2), "schema_version to 3"),
    (rules.nbgrader_accepts_the_metadata, without_points("check-1"), "nbgrader refuses"),
    (rules.nbgrader_accepts_the_metadata, grading("check-1", locked=False), "locked True"),
    (rules.nbgrader_accepts_the_metadata, grading("exercise-1", locked=True), "locked False"),
    (MARKED, alter("exercise-1", source="def double(x): return 2 * x"), "BEGIN SOL"),
    (MARKED, alter("hidden-1", source="### BEGIN HIDDEN TESTS"), "END HIDDEN"),
    (POINTS, grading("hidden-1", points=0), "40 visible and 0 hidden"),
    (NOTHING_RAN, alter("check-1", execution_count=7), "nbstripout"),
    (NOTHING_RAN, alter("check-1", outputs=[nbformat.v4.new_output("stream", text="6")]), "nbstripout"),
    (rules.no_cell_is_longer_than_a_screen, alter("imports", source="1\n" * 26), "26 lines"),
    (PICTURES, alter("title", source="![](numbers.ipynb)"), "in words"),
    (PICTURES, alter("title", source="<img src=a.svg>"), "not as <img>"),
    (LINKS, alter("title", source="[more](../letters/letters.ipynb)"), "../letters/letters.ipynb is not there"),
]


@pytest.mark.parametrize(("rule", "change", "fix"), BROKEN, ids=[f"{rule.__name__}: {fix}" for rule, _, fix in BROKEN])
def test_a_broken_rule_is_named_with_its_fix(tmp_path, rule, change, fix):
    path = synthetic.write(tmp_path / "numbers")
    nb = nbformat.read(path, as_version=4)
    change(nb)
    path.write_text(json.dumps(nb), encoding="utf-8")  # nbformat itself would refuse some of it
    broken = Assignment(nb, misconceptions.read(path.parent), path)
    found = complaints(broken, rule)
    assert any(fix in sentence for sentence in found), found


def test_an_exercise_with_two_misconceptions_is_named(tmp_path):
    few = synthetic.write(tmp_path / "numbers", mistakes=[synthetic.HALF, synthetic.CUBE])
    rule = rules.every_exercise_has_three_misconceptions_with_hint_and_question
    assert complaints(Assignment.read(few), rule) == [
        "numbers.ipynb: exercise 1 has 2 misconceptions. Write 3 or more in misconceptions.toml."
    ]


def test_a_question_without_a_question_mark_is_named(tmp_path):
    path = synthetic.write(tmp_path / "numbers")
    toml = path.parent / misconceptions.NAME
    toml.write_text(toml.read_text(encoding="utf-8").replace("Is it half?", "Not half."), encoding="utf-8")
    found = complaints(Assignment.read(path), rules.every_exercise_has_three_misconceptions_with_hint_and_question)
    assert ["no question" in sentence for sentence in found] == [True, False]
    assert "the same sentence" in found[1]


def test_words_without_cells_are_named(tmp_path):
    more = synthetic.EXERCISE + synthetic.EXERCISE.replace('key = "1"', 'key = "2"')
    path = synthetic.write(tmp_path / "numbers", words=more)
    found = complaints(Assignment.read(path), LINT)
    assert len(found) == 1
    assert "exercise 2: it is in misconceptions.toml, but has no cell" in found[0]


def test_extra_credit_with_points_in_its_cells_is_named(tmp_path):
    path = synthetic.write(tmp_path / "numbers", words=synthetic.EXERCISE + "extra = 5\n")
    found = complaints(Assignment.read(path), POINTS)
    assert len(found) == 1
    assert "give its cells 0 points" in found[0]


def test_quizzes_that_give_more_than_a_fifth_of_the_points_are_named():
    written = Assignment.read(COURSE.notebook("one_neuron"))
    grading("hidden-4", points=3)(written.nb)
    assert any("its quizzes give 21 points" in sentence for sentence in complaints(written, POINTS))


# --------------------------------------------------------------------------------- a page to read, that gives no points


def page_of(folder, *changes) -> Assignment:
    """Return the smallest page that gives no points: it shows what a check says of a function that is given."""
    path = synthetic.write(folder / "numbers", mistakes=[])
    nb = nbformat.read(path, as_version=4)
    given = alter("imports", source="from backprop import check, given\ndef double(x):\n    return 2 * x")
    for change in (grading("check-1", points=0), given, drop("exercise-1"), drop("hidden-1"), *changes):
        change(nb)
    nbformat.write(nb, path)
    return Assignment(nb, misconceptions.read(path.parent), path)


def test_a_page_without_points_needs_neither_solutions_nor_hidden_tests(tmp_path):
    page = page_of(tmp_path)
    assert [sentence for rule in RULES for sentence in complaints(page, rule)] == []


def test_an_exercise_on_a_page_without_points_still_needs_its_check(tmp_path):
    found = complaints(page_of(tmp_path, drop("check-1")), LINT)
    assert len(found) == 1
    assert "it is in misconceptions.toml, but has no cell" in found[0]


def test_the_cells_of_a_page_without_points_stand_in_order_too(tmp_path):
    path = synthetic.write(tmp_path / "numbers")
    nb = nbformat.read(path, as_version=4)
    for change in (grading("check-1", points=0), grading("hidden-1", points=0), swap("check-1", "exercise-1")):
        change(nb)
    assert any(
        "order" in sentence for sentence in complaints(Assignment(nb, misconceptions.read(path.parent), path), IN_ORDER)
    )


def test_one_point_makes_a_page_an_assignment(tmp_path):
    page = page_of(tmp_path, grading("check-1", points=1))
    found = [sentence for rule in (LINT, IN_ORDER, POINTS) for sentence in complaints(page, rule)]
    for fix in ("no solution cell", "no hidden cell", "Give both cells some", "add up to 1."):
        assert any(fix in sentence for sentence in found), fix
