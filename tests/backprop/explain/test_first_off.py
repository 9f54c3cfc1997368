"""The first line that is off is found under any name and layout, and a right but unusual way is none."""

from __future__ import annotations

import numpy as np
import pytest

from backprop.answers.steps import HIDDEN, RETURNED, TAKEN, Step, print_of
from backprop.explain.first_off import first_off
from backprop.explain.off import GOES_INTO, LOOK_THERE, LOOK_TOO, OR_LATER, Off
from backprop.explain.way import Way, code_of

X = np.array([[0.3, -1.2], [2.1, 0.7]])
A, B, C = X + 1.5, X * 2.5, X @ X
LATER = f"{OR_LATER}."
WAY = Way([print_of(value) for value in (X, A, B, C)], {code_of("b"): [2]})


def step(line: int, name: str, value, *reads: str) -> Step:
    return Step(line, name, reads, print_of(value))


def firmly(off: Off | None) -> Off | None:
    """Return what is off as if no name of the student's own were read."""
    return off and off._replace(reads_own=False)


def test_the_last_right_line_and_the_first_that_is_not_are_named():
    steps = [step(2, "p", A, "x"), step(3, "q", 7 * B, "p"), step(4, "r", 9 * C, "q"), step(5, RETURNED, None, "r")]
    told = first_off(steps, WAY)
    assert told.sentence == f"`q` in line 3 is the first value that occurs in none of the known solutions{LATER}"
    told = told._replace(known=True)
    assert (
        told.sentence
        == f"`p` in line 2 is right; `q` in line 3 is the first that occurs in none of the known solutions{LATER}"
    )
    told = told._replace(own=False)
    assert told.sentence == f"`p` in line 2 is right; `q` in line 3 is the first that is not{LOOK_TOO}."
    assert told._replace(reads_own=False).sentence == "`p` in line 2 is right; `q` in line 3 is the first that is not."


def test_a_value_under_a_name_of_the_students_own_may_be_a_step_of_another_way():
    steps = [step(2, "p", A, "x"), step(3, "q", 7 * B, "p"), step(4, RETURNED, None, "q")]
    assert first_off(steps, WAY).own
    steps[1:] = [step(3, "b", 7 * B, "p"), step(4, RETURNED, None, "b")]
    assert not first_off(steps, WAY).own


def test_of_an_entry_of_an_array_that_the_solution_makes_as_a_whole_nothing_is_said():
    steps = [step(2, "b[i]", 7.5, "x"), step(3, "q", 7 * C, "x"), step(4, RETURNED, None, "q")]
    assert first_off(steps, WAY).line == 3


def test_a_line_that_only_makes_an_array_of_a_wrong_list_is_not_blamed():
    steps = [step(2, "p", A, "x"), step(3, "b", 7 * B, "array", "b", "np", TAKEN), step(4, RETURNED, None, "b")]
    told = first_off(steps, WAY)._replace(known=True).sentence
    assert told == "`p` in line 2 is right; `b`, which line 3 takes, is not."


def test_what_is_right_under_one_key_does_not_clear_another():
    steps = [step(2, "d['p']", A, "x"), step(3, "d['b']", 7 * B, "x"), step(4, "p", A, "d['p']", TAKEN),
             step(5, "b", 7 * B, "d['b']", TAKEN), step(6, RETURNED, None, "p", "b")]  # fmt: skip
    told = first_off(steps, WAY)
    assert told.sentence == "`d['b']` in line 3 occurs in none of the known solutions."
    assert told._replace(known=True).sentence == "`d['p']` in line 2 is right; `d['b']` in line 3 is not."


def test_a_whole_dictionary_is_off_where_one_of_its_values_is():
    steps = [step(2, "d['b']", 7 * B, "x"), step(3, RETURNED, None, "d")]
    assert first_off(steps, WAY).line == 2
    steps[1:1] = [step(3, "d", None, "()", "g"), step(3, "d['b']", B, "()", "g")]
    assert first_off(steps, WAY) is None


def test_layout_and_name_do_not_count():
    steps = [step(2, "p", A.T, "x"), step(3, "q", C.ravel(), "p"), step(4, RETURNED, None, "q")]
    assert first_off(steps, WAY) is None


def test_a_value_from_which_a_right_one_comes_was_another_way():
    steps = [step(2, "p", 3 * A), step(3, "q", B, "p"), step(4, "r", 5 * C, "q"), step(5, RETURNED, None, "r")]
    assert firmly(first_off(steps, WAY)) == Off(4, "r", 3, "q", known=False, own=True)


def test_a_name_of_the_solution_stands_for_its_own_value():
    steps = [step(2, "a", A), step(3, "b", C, "a"), step(4, RETURNED, None, "b")]
    assert firmly(first_off(steps, WAY)) == Off(3, "b", 2, "a", known=False)


def test_a_loop_that_goes_wrong_later_is_told_so():
    steps = [step(3, "c", A), step(3, "c", 7 * A, "c"), step(4, RETURNED, None, "c")]
    told = first_off(steps, WAY)
    assert told.sentence == f"`c` in line 3 is the first value that occurs in none of the known solutions{LATER}"
    known = told._replace(known=True).sentence
    assert known == f"`c` in line 3 is right at first; in a later round it is the first that is not{LOOK_THERE}."


def test_what_the_next_line_goes_on_with_need_not_be_right_yet():
    steps = [step(2, "b", 7 * C, "x"), step(3, "b", 9 * C, "b"), step(4, RETURNED, None, "b")]
    assert first_off(steps, WAY).own
    steps[1] = step(3, "q", 9 * C, "b")
    assert not first_off(steps, WAY).own


def test_an_entry_and_its_array_are_not_set_against_each_other():
    steps = [step(3, "b[i]", B, "x"), step(3, "b", 7 * C, "x"), step(4, RETURNED, None, "b")]
    told = first_off(steps, WAY)._replace(last_line=3, last_name="b[i]", known=True).sentence
    assert told == "`b` is the first value that is not right; line 3 sets its entries."


def test_a_value_of_another_size_may_be_a_step_of_another_way():
    steps = [step(2, "b", np.append(7 * B, 1), "x"), step(3, RETURNED, None, "b")]
    assert first_off(steps, WAY).own


def test_an_object_that_is_changed_counts_by_its_attributes():
    steps = [step(3, "self.b", B, "x"), step(4, "self.c", 7 * C, "x")]
    assert firmly(first_off(steps, WAY)) == Off(4, "self.c", 3, "self.b", own=True)


@pytest.mark.parametrize("value", [3, 0.0, np.zeros(4), "text", None])
def test_counts_and_zeros_tell_nothing(value):
    assert first_off([step(2, "n", value), step(3, RETURNED, None, "n")], WAY) is None


def test_an_array_whose_last_entries_are_wrong_is_not_called_right_for_its_first():
    steps = [step(3, "p[i]", A), step(3, "p[i]", A), step(4, RETURNED, 7 * B, "p")]
    told = first_off(steps, WAY).sentence
    assert told == "`p` is the first value that is not right; line 3 sets its entries."


def test_a_name_that_was_right_in_an_earlier_call_is_not_set_against_its_neighbour_in_the_same_line():
    steps = [step(2, "b", B), step(2, "c", C), step(2, "b", 7 * B), step(3, RETURNED, None, "b")]
    told = first_off(steps, WAY).sentence
    assert told == f"`b` in line 2 is right at first; in a later round it is the first that is not{LOOK_THERE}."


@pytest.mark.parametrize(
    ("reads", "where"), [(("()", "forward", "x"), f"{GOES_INTO}."), ((), "; the mistake may also be further on.")]
)
def test_what_another_function_gives_is_not_called_wrong(reads, where):
    steps = [step(2, "z", 7 * B, *reads), step(3, "w", 9 * C, "z"), step(4, RETURNED, None, "w")]
    told = first_off(steps, WAY).sentence
    assert told == f"`z` in line 2 is the first value that occurs in none of the known solutions{where}"


def test_the_right_values_in_another_order_are_neither_right_nor_blamed_later():
    swapped = np.array([[2.1, 0.7], [0.3, -1.2]])
    steps = [step(2, "p", swapped, "x"), step(3, "q", 7 * B, "p"), step(4, RETURNED, None, "q")]
    assert first_off(steps, WAY) is None
    steps = [step(2, "p", swapped, "x"), step(3, "q", 7 * B, "y"), step(4, RETURNED, None, "q")]
    assert firmly(first_off(steps, WAY)) == Off(3, "q", own=True), "nothing right comes before"


def test_a_line_that_works_with_an_object_that_was_changed_is_not_blamed():
    steps = [Step(2, "net", (HIDDEN,), None), step(3, "q", 7 * B, "net"), step(4, RETURNED, None, "q")]
    assert first_off(steps, WAY) is None
    steps[1:1] = [Step(2, "batch", ("net",), None), step(3, "r", 5 * A, "batch"), step(4, RETURNED, None, "r")]
    assert first_off(steps[:4], WAY) is None, "what was made of it cannot be followed either"
    del steps[1:4]
    steps.insert(1, step(2, "net", A, "x"))  # the name has another value now, which can be followed
    assert firmly(first_off(steps, WAY)) == Off(3, "q", 2, "net", known=False, own=True)


def test_of_a_line_that_gives_several_values_the_line_is_told():
    steps = [Step(2, "", (), None), step(2, "p", 7 * A, "x"), step(3, RETURNED, None, "p")]
    assert (
        first_off(steps, WAY).sentence
        == f"`p` in line 2 is the first value that occurs in none of the known solutions{LATER}"
    )
    steps = [step(2, "b", 7 * A, "x"), step(2, "q", 7 * B, "x"), step(3, RETURNED, None, "b")]
    assert first_off(steps, WAY).sentence == f"what line 2 gives occurs in none of the known solutions{LATER}"


def test_of_an_entry_it_is_not_said_that_it_is_the_first_since_another_may_be_off_before_it():
    steps = [step(2, "p", A, "x"), step(3, "b[i]", 7.5, "p"), step(4, RETURNED, None, "b")]
    way = Way([*WAY._values, print_of(2.5)], {code_of("b"): [2, 4]})
    told = firmly(first_off(steps, way))._replace(known=True).sentence
    assert told == "`p` in line 2 is right; `b[i]` in line 3 is not."


def test_a_line_that_reads_what_was_taken_over_wrongly_is_not_blamed_alone():
    steps = [step(2, "table", 9 * A, "x", TAKEN), step(3, "p", 7 * A, "table"), step(3, "q", 7 * B, "table")]
    told = first_off([*steps, step(4, RETURNED, None, "p", "q")], WAY).sentence
    assert told == f"what line 3 gives occurs in none of the known solutions{LATER}"


def test_of_what_another_function_gives_to_several_names_the_line_is_not_called_wrong():
    steps = [step(2, "z", 7 * A, "x", "()", "g"), step(2, "f", 7 * B, "x", "()", "g"), step(3, RETURNED, None, "f")]
    told = first_off(steps, WAY).sentence
    assert told == (
        f"what line 2 gives occurs in none of the known solutions{GOES_INTO}; the mistake may also be further on."
    )


def test_no_steps_show_nothing():
    assert first_off([], WAY) is None


def test_a_value_that_is_only_taken_from_elsewhere_is_not_off():
    steps = [step(2, "e", 7 * A, "np", TAKEN), step(3, "q", 9 * C, "e"), step(4, RETURNED, None, "q")]
    assert firmly(first_off(steps, WAY)) == Off(3, "q", own=True)
    steps[:2] = [
        step(2, "b", 7 * A, "x", TAKEN),
        step(3, "q", 9 * C, "b"),
    ]  # a name of the solution's, which has another value there
    assert firmly(first_off(steps, WAY)) == Off(2, "b")


@pytest.mark.parametrize(("m", "off"), [(7, Off(2, "m", own=True)), (5, Off(3, "q", own=True))])
def test_a_whole_number_with_the_name_of_a_size_is_held_against_it(m, off):
    way = Way([print_of(value) for value in (X, A, B, C)], counts={"m": 5})
    steps = [step(2, "m", m, "Y"), step(3, "q", 9 * C, "x", "m"), step(4, RETURNED, None, "q")]
    assert firmly(first_off(steps, way)) == off


def test_what_is_right_in_each_round_and_lost_at_the_end_is_told_so():
    steps = [step(3, "t", A, "x"), step(3, "t", B, "x"), step(4, RETURNED, 7 * C, "t")]
    told = first_off(steps, WAY)._replace(known=True).sentence
    assert told == "Each `t` in line 3 is right by itself; what line 4 returns is not."


def test_a_copy_that_is_changed_later_is_neither_right_nor_off():
    steps = [step(2, "b", 7 * A, "x", TAKEN), step(3, "b", 9 * C, "b"), step(4, RETURNED, None, "b")]
    assert firmly(first_off(steps, WAY)) == Off(3, "b")


def test_after_an_entry_that_tells_nothing_no_other_is_called_the_first():
    way = Way([print_of(value) for value in (A, 2.5, 3.5)], {code_of("g"): [1, 2]})
    steps = [step(2, "d", A, "x"), step(3, "g[0]", 2.0, "x"), step(5, "g[i]", 9.25, "d"), step(6, RETURNED, None, "g")]
    told = firmly(first_off(steps, way))._replace(known=True).sentence
    assert told == "`d` in line 2 is right; `g[i]` in line 5 is not."
