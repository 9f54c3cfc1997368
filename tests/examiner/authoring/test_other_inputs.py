"""Where two mistakes look alike on a visible check, inputs are found that tell them apart, if there are any."""

from __future__ import annotations

import re

import numpy as np
import pytest

from examiner.authoring.coincidences import Coincidence
from examiner.authoring.other_inputs import advice
from examiner.freezing.recording_session import Inputs
from examiner.freezing.running import fallback_data, run_solutions
from examiner.freezing.source import Source


@pytest.fixture(scope="module")
def frozen(course_root) -> tuple[Source, Inputs]:
    return _frozen(course_root, "one_neuron")


def _frozen(course_root, name: str) -> tuple[Source, Inputs]:
    source, inputs = Source.read(course_root / "source" / name / f"{name}.ipynb"), Inputs()
    with fallback_data():
        run_solutions(source, inputs)
    return source, inputs


def test_a_call_is_proposed_with_numbers_that_tell_them_apart(frozen):
    """For a bound of 0.03 the solution's w lies between -1 and 0, so that `int(w)` is 0, as with this mistake."""
    said = advice(frozen[0], Coincidence("8", "straight-up", "value-whole-numbers.w"), frozen[1])
    bound = re.search(r'These can, for example: freeze_inputs\("8\+", ([0-9.]+)\)', said)
    assert bound
    assert np.arctanh(1 - np.sqrt(2 * float(bound[1]))) > 1


def test_nothing_is_proposed_where_no_numbers_of_the_form_help(frozen):
    """The slopes of this exercise are all between -1 and 1."""
    assert not advice(frozen[0], Coincidence("7", "only-the-weight-moves", "value-whole-numbers.slope_b"), frozen[1])


def test_a_mistake_that_cannot_be_made_again_keeps_the_plain_advice(frozen):
    one = Coincidence("8", "straight-up", "of-an-older-solution")
    assert advice(frozen[0], one, frozen[1]) == one.todo


@pytest.fixture(scope="module")
def written_in_the_check(course_root) -> tuple[Source, Inputs]:
    """The numbers of this assignment's visible checks are written in them; only its hidden ones are frozen."""
    return _frozen(course_root, "start_here")


def test_where_a_check_has_its_numbers_written_in_it_the_hidden_ones_show_whether_others_help(written_in_the_check):
    """The targets written there are 0 and 1, which squaring leaves as they are."""
    same = "squared-the-last.what-mean_squared_error-returns.the-one-with-answers-and-targets"
    one = Coincidence("2", "signs-cancel", same)
    assert advice(written_in_the_check[0], one, written_in_the_check[1]) == one.todo


def test_without_frozen_inputs_the_advice_is_plain(written_in_the_check):
    one = Coincidence(
        "2", "signs-cancel", "squared-the-last.what-mean_squared_error-returns.the-one-with-answers-and-targets"
    )
    assert advice(written_in_the_check[0], one, Inputs()) == one.todo
