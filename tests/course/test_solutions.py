"""For each exercise: the solution passes, the stub fails, every misconception is named, other right styles pass too."""

from __future__ import annotations

import pytest
from classroom import (
    ASSIGNMENTS,
    COURSE,
    alternatives_of,
    coding_exercises,
    committed,
    exercises,
    failures,
    judged,
    run,
    source,
    stubs,
    tables,
    unheard,
)

from backprop import session
from backprop.answers import json_values
from backprop.answers.tables import Check
from backprop.errors import CheckFailed

EXERCISES = [(name, key) for name in ASSIGNMENTS for key in exercises(name)]
GIVEN = [(n, key) for n in ASSIGNMENTS for key in source(n).written.exercises if (n, key) not in EXERCISES]
CODING = [(name, key) for name in ASSIGNMENTS for key in coding_exercises(name)]
MISTAKES = [
    pytest.param(name, mistake, id=f"{name}-{mistake.exercise}-{mistake.id}")
    for name in ASSIGNMENTS
    for mistake in source(name).written.misconceptions
]
ALTERNATIVES = [pytest.param(name, a, id=f"{name}-{a.name}") for name in ASSIGNMENTS for a in alternatives_of(name)]

each_exercise = pytest.mark.parametrize(("assignment", "key"), EXERCISES)
each_coding_exercise = pytest.mark.parametrize(("assignment", "key"), CODING)


def functions_that_call(assignment, key) -> list[str]:
    """Return the exercises that build on `key`, and whose solutions are functions."""
    written = tables(assignment).exercises.values()
    return [e.key for e in written if key in e.needs and source(assignment).solution(e.key).only_defines]


def rows(assignment) -> list[dict]:
    """Return whole notebooks of alternatives: the first of each exercise, the second of each, and so on."""
    by_exercise = {}
    for alternative in alternatives_of(assignment):
        if not alternative.slow:
            by_exercise.setdefault(alternative.exercise, []).append(alternative)
    longest = max(map(len, by_exercise.values()), default=0)
    return [{key: some[i % len(some)] for key, some in by_exercise.items()} for i in range(longest)]


# ------------------------------------------------------------------------------------------ the solution, and the stub


@each_exercise
def test_the_solution_passes_every_check_again_and_again(assignment, key):
    verdicts = judged(assignment, {}, [key], times=2)
    frozen = {check.key for check in tables(assignment).checks.values() if check.exercise.key == key}
    assert verdicts.keys() == frozen | ({key} & tables(assignment).quizzes.keys())
    assert min(len(some) for some in verdicts.values()) >= 2
    assert failures(verdicts) == {}


@each_exercise
def test_the_stub_fails_every_check_and_is_called_unanswered_by_name(assignment, key):
    verdicts = judged(assignment, {key: stubs(assignment)[key]}, [key])
    name = tables(assignment).exercises[key].name
    assert verdicts
    for verdict, *_ in verdicts.values():
        assert (verdict.passed, verdict.kind, verdict.name) == (False, "unanswered", name)
        assert name in verdict.but or key in tables(assignment).quizzes


def test_a_notebook_in_which_nothing_is_written_passes_nothing(assignment):
    unanswered = exercises(assignment)
    verdicts = judged(assignment, stubs(assignment), unanswered)
    asked = [check.key for check in tables(assignment).checks.values() if check.exercise.key in unanswered]
    assert verdicts.keys() == {*asked, *tables(assignment).quizzes}
    assert {(v.passed, v.kind) for some in verdicts.values() for v in some} == {(False, "unanswered")}


@each_exercise
def test_a_check_cell_of_an_unanswered_exercise_stops_with_an_explanation(assignment, key):
    with committed(assignment), session.use(session.Session(COURSE.source(assignment))), unheard():
        scope = {"__name__": "__main__", "In": [""]}
        cells = source(assignment).cells
        for cell in cells:
            if cell.role == "setup":
                run(cell.name, cell.source, scope)
        check = next(cell for cell in cells if cell.role == "check" and cell.exercise == key)
        with pytest.raises(CheckFailed, match=r"is not answered|there is no") as stopped:
            run(check.name, check.source, scope)
    assert stopped.value.verdict.name in str(stopped.value)


@pytest.mark.parametrize(("assignment", "key"), GIVEN)
def test_what_a_page_gives_passes_the_check_of_it_again_and_again(assignment, key):
    verdicts = judged(assignment, {}, [key], times=2)
    assert verdicts
    assert failures(verdicts) == {}


# ------------------------------------------------------------------------------------------------------ misconceptions


@pytest.mark.parametrize(("assignment", "mistake"), MISTAKES)
def test_a_misconception_is_caught_and_in_no_check_taken_for_another(assignment, mistake):
    wrong = mistake.apply(source(assignment).solution(mistake.exercise).source)
    verdicts = judged(assignment, {mistake.exercise: wrong}, [mistake.exercise])
    assert failures(verdicts), "no check of its exercise catches it"
    for key, (verdict, *_) in verdicts.items():  # one check may run twice, to see whether anything lasts
        check = tables(assignment).check(key)
        both = [*check.known_wrong, *(check.second.known_wrong if check.second else ())]
        known = [known.misconception.id for known in both]
        value_is_right = verdict.passed or verdict.kind == "changed"
        assert value_is_right == (mistake.id not in known), key
        if mistake.id in known:
            assert verdict.misconception == mistake.id, f"check {key} takes it for another"
            assert (verdict.hint, verdict.ask, verdict.credit) == (mistake.hint, mistake.ask, mistake.credit)


@each_coding_exercise
def test_an_exercise_has_six_misconceptions_or_more(assignment, key):
    known = [mistake.id for mistake in source(assignment).written.misconceptions if mistake.exercise == key]
    assert len(known) >= 6, f"exercise {key}: add misconceptions to source/{assignment}/misconceptions.toml"


# -------------------------------------------------------------------------------------------- right in another style


@pytest.mark.parametrize(("assignment", "alternative"), ALTERNATIVES)
def test_a_right_solution_in_another_style_gets_full_points_again_and_again(assignment, alternative):
    verdicts = judged(assignment, {alternative.exercise: alternative.solution}, [alternative.exercise], times=2)
    assert verdicts
    assert failures(verdicts) == {}


@pytest.mark.parametrize(
    ("assignment", "alternative"), [p for p in ALTERNATIVES if functions_that_call(p.values[0], p.values[1].exercise)]
)
def test_a_right_solution_in_another_style_spoils_no_exercise_that_builds_on_it(assignment, alternative):
    builders = functions_that_call(assignment, alternative.exercise)
    verdicts = judged(assignment, {alternative.exercise: alternative.solution}, builders)
    assert {verdict.exercise for some in verdicts.values() for verdict in some} == set(builders)
    assert failures(verdicts) == {}


@pytest.mark.parametrize(("assignment", "number"), [(name, i) for name in ASSIGNMENTS for i in range(len(rows(name)))])
def test_a_whole_notebook_of_alternatives_gets_full_points(assignment, number):
    answers = {key: alternative.solution for key, alternative in rows(assignment)[number].items()}
    verdicts = judged(assignment, answers, source(assignment).written.exercises)
    assert failures(verdicts) == {}, {key: alternative.style for key, alternative in rows(assignment)[number].items()}


@each_coding_exercise
def test_an_exercise_has_five_alternatives_or_more(assignment, key):
    styles = [alternative.style for alternative in alternatives_of(assignment) if alternative.exercise == key]
    assert len(styles) >= 5, f"exercise {key}: add solutions in other styles to source/{assignment}/alternatives.toml"


def test_alternatives_are_of_exercises_that_exist(assignment):
    written = {alternative.exercise for alternative in alternatives_of(assignment)}
    unknown = written - source(assignment).written.exercises.keys()
    assert not unknown, f"source/{assignment}/alternatives.toml names exercises that misconceptions.toml does not"


def test_numpys_overflow_warning_is_a_note_and_no_mistake():
    noted = [
        note
        for name in ASSIGNMENTS
        for alternative in alternatives_of(name)
        if "overflow" in alternative.style
        for some in judged(name, {alternative.exercise: alternative.solution}, [alternative.exercise]).values()
        for verdict in some
        for note in verdict.notes
    ]
    assert any("overflow" in note for note in noted), "no alternative makes NumPy warn of an overflow"


# ------------------------------------------------------------------------------------------ these tests can fail


@each_coding_exercise
def test_a_wrong_solution_offered_as_an_alternative_is_refused(assignment, key):
    mistake = next(mistake for mistake in source(assignment).written.misconceptions if mistake.exercise == key)
    wrong = mistake.apply(source(assignment).solution(key).source)
    assert failures(judged(assignment, {key: wrong}, [key], times=2))


@each_coding_exercise
def test_a_solution_that_cannot_even_run_is_refused(assignment, key):
    verdicts = judged(assignment, {key: "this is no Python"}, [key])
    assert verdicts
    assert failures(verdicts).keys() == verdicts.keys()


def test_a_solution_that_is_right_only_once_is_refused():
    name, key = next((name, key) for name, key in CODING if source(name).solution(key).only_defines)
    function, right = tables(name).exercises[key].function, source(name).solution(key).source
    given = [check.given() for check in tables(name).checks.values() if check.exercise.key == key]
    checks = sum(len(one) if isinstance(one, list) else 1 for one in given)  # some make several calls
    tired = f"{right}\nfresh, calls = {function}, []\ndef {function}(*args):\n    calls.append(args)\n"
    tired += f"    return fresh(*args) if len(calls) <= {checks} else None\n"
    assert failures(judged(name, {key: tired}, [key])) == {}
    assert failures(judged(name, {key: tired}, [key], times=2))


def test_inputs_that_were_not_fresh_copies_would_be_noticed(monkeypatch):
    kept = {}
    monkeypatch.setattr(
        Check, "given", lambda check: kept.setdefault(check.key, json_values.decode(check.stored["given"]))
    )
    in_place = [(n, a) for n in ASSIGNMENTS for a in alternatives_of(n) if "in-place on the handed-over" in a.style]
    assert in_place, "no alternative changes the arrays that it is given"
    for name, alternative in in_place:
        kept.clear()
        assert failures(judged(name, {alternative.exercise: alternative.solution}, [alternative.exercise], times=2))
