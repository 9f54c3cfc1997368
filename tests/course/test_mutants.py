"""No change of one token of a solution passes all tests of the course, unless it is the same function."""

import pytest
from classroom import COURSE

from examiner.authoring.holes import holes
from examiner.course import alternatives


@pytest.mark.slow
def test_no_mutant_passes_all_tests_of_an_assignment(assignment, source):
    known = alternatives.equal_changes(COURSE.source(assignment))
    found = list(holes(source, known))
    assert sum(one.made for one in found) > 20
    assert {one.exercise: list(map(str, one.pass_everything)) for one in found if one.pass_everything} == {}


def test_every_change_that_is_said_to_be_none_is_one_that_is_made(assignment, source):
    known = alternatives.equal_changes(COURSE.source(assignment))
    from examiner.authoring.mutants import mutants_of

    made = {
        (exercise, mutant.before, mutant.after)
        for exercise in {entry[0] for entry in known}
        for mutant in mutants_of(source.solution(exercise).source)
    }
    assert known <= made
