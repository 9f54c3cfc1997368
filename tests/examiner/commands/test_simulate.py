"""A simulated class gets the verdicts that it was simulated to get, through real nbgrader."""

import json
import shutil

import pytest
from traitlets.config import Config

from backprop.answers.tables import load
from examiner.commands import grade, release, report, simulate
from examiner.commands.nbgrader_api import gradebook_of
from examiner.course import misconceptions
from examiner.course.folders import Course

STUDENTS, SEED = 10, 3

pytestmark = pytest.mark.timeout(900)  # the first test of each assignment waits for a class to be graded


def assignments():
    return Course.here(__file__).assignments()


# What is simulated loops for ever or takes a moment, so nobody has to wait a minute to find out which.
IMPATIENT = Config({"Examine": {"cell_seconds": 15, "seconds_after_first": 4, "check_seconds": 2}})


@pytest.fixture(scope="module", params=assignments())
def graded(request, tmp_path_factory, course_root):
    """A simulated class of one assignment, graded once: (course, assignment, what each student did, results)."""
    assignment = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKPROP_DATA", "digits")
        course = release.scratch_course(
            Course.here(course_root), tmp_path_factory.mktemp("class") / "course", [assignment]
        )
        release.release(course, assignment)
        did = simulate.simulate(course, assignment, STUDENTS, SEED)
        who = grade.students(course, assignment)
        outcomes = grade.grade(course, assignment, who, changes=IMPATIENT)
        assert [outcome.reason for outcome in outcomes if not outcome.graded] == []
        results = {result.student: result for result in report.results(course, assignment)}
    return course, assignment, did, results


def verdicts_of(course, student, assignment, exercise):
    found = [v for v in report.verdicts(course, student, assignment) if v["exercise"] == exercise]
    return [v["passed"] for v in found if not v["hidden"]], [v["passed"] for v in found if v["hidden"]], found


@pytest.mark.slow
def test_everyone_has_a_score(graded):
    _, _, did, results = graded
    assert results.keys() == did.keys()


@pytest.mark.slow
def test_right_answers_pass_wherever_nothing_they_build_on_is_wrong(graded):
    course, assignment, did, _ = graded
    exercises = load(course.source(assignment)).exercises
    judged = 0
    for student, done in did.items():
        if done["profile"] == "deleted":  # which cells are gone is the draw's secret
            continue
        right = {exercise for exercise, what in done["answers"].items() if what.startswith("right")}
        for exercise in right & exercises.keys():
            if closure(exercises, exercise) <= right:
                judged += 1
                visible, hidden, found = verdicts_of(course, student, assignment, exercise)
                assert visible, (student, exercise)
                assert all(visible + hidden), (student, exercise, done["answers"][exercise], found)
    assert judged >= STUDENTS


@pytest.mark.slow
def test_every_mistake_fails_and_is_named(graded):
    course, assignment, did, _ = graded
    exercises = load(course.source(assignment)).exercises
    for student, done in did.items():
        wrong = {e: w.removeprefix("mistake: ") for e, w in done["answers"].items() if w.startswith("mistake")}
        for exercise, mistake in wrong.items():
            sound = done["profile"] == "mistaken" and not (closure(exercises, exercise) - {exercise}) & wrong.keys()
            if sound:
                visible, hidden, found = verdicts_of(course, student, assignment, exercise)
                assert not all(visible + hidden), (student, exercise)
                assert mistake in {verdict["misconception"] for verdict in found}, (student, exercise, found)


@pytest.mark.slow
def test_an_endless_loop_costs_its_exercise_and_no_earlier_one(graded):
    course, assignment, did, _ = graded
    student, done = next((s, d) for s, d in did.items() if d["profile"] == "endless")
    exercise = next(e for e, what in done["answers"].items() if what == "endless loop")
    visible, _, found = verdicts_of(course, student, assignment, exercise)
    assert visible == [False]
    assert found[0]["kind"] == "too slow"


@pytest.mark.slow
def test_a_right_function_gets_all_its_points_whatever_is_wrong_before_it(graded):
    course, assignment, did, _ = graded
    exercises = load(course.source(assignment)).exercises
    with gradebook_of(course) as gradebook:
        for student, done in did.items():
            submission = gradebook.find_submission(assignment, student)
            entries = {entry.name: entry for notebook in submission.notebooks for entry in notebook.grades}
            for exercise, what in done["answers"].items():
                if what.startswith("right") and done["profile"] != "deleted" and not exercises[exercise].extra:
                    graded_cells = {f"check-{exercise}", f"hidden-{exercise}"} & entries.keys()
                    assert graded_cells, (student, exercise)
                    for name in graded_cells:
                        assert entries[name].auto_score == entries[name].max_score, (student, name)


def closure(exercises, key) -> set[str]:
    """Return `key` and all that it builds on."""
    found, todo = set(), [key]
    while todo:
        one = todo.pop()
        if one in exercises and one not in found:
            found.add(one)
            todo += exercises[one].needs
    return found


def test_the_same_seed_makes_the_same_class(tiny):
    def made():
        shutil.rmtree(tiny.root / "submitted", ignore_errors=True)
        did = simulate.simulate(tiny, "numbers", 8, seed=1)
        paths = sorted((tiny.root / "submitted").rglob("*.ipynb"))
        return did, [(str(path), path.read_bytes()) for path in paths]

    assert made() == made()
    assert json.loads((tiny.root / simulate.MANIFEST).read_text())["numbers"].keys() == {
        f"student-0{i}" for i in range(1, 9)
    }


def test_eight_students_are_enough_for_every_kind(tiny):
    did = simulate.simulate(tiny, "numbers", 8, seed=2)
    assert {done["profile"] for done in did.values()} == set(simulate.EACH_ONCE)


def test_a_solution_is_handed_in_without_the_marks_of_its_author(course_root):
    for assignment in assignments():
        simulation = simulate.Simulation(Course.here(course_root), assignment)
        for source in simulation.solutions.values():
            assert "SOLUTION" not in simulate.without_markers(source)


def test_every_mistake_can_be_made(course_root):
    course = Course.here(course_root)
    for assignment in assignments():
        simulation = simulate.Simulation(course, assignment)
        for mistake in misconceptions.read(course.source(assignment)).misconceptions:
            assert mistake.apply(simulation.solutions[mistake.exercise]) != simulation.solutions[mistake.exercise]
