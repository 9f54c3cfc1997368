"""Statements about `diagnose`: each kind of wrong answer is explained as what it is, and hidden answers stay hidden."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from backprop import data
from backprop.answers import json_values
from backprop.answers.attempt import Attempt, Trouble
from backprop.answers.compare import as_numbers, differences
from backprop.answers.tables import CHECKS_FILE, HIDDEN_FILE, HIDDEN_VARIABLE, load
from backprop.explain.render import as_text
from backprop.session import Session


def test_a_right_answer_passes_and_says_what_came_back(judge, slopes):
    verdict = judge("2", slopes)
    assert verdict.passed
    assert verdict.returned == "dW (2, 2), db (2, 1)"


def test_the_verdict_says_what_was_called_what_came_back_what_holds_and_where_to_look(judge, slopes):
    verdict = judge("2", slopes | {"db": np.zeros((2, 1))})
    assert (verdict.key, verdict.exercise, verdict.name, verdict.points) == ("2", "2", "Exercise 2 · slopes", 4)
    assert verdict.called == "slopes(X)"
    assert verdict.returned == "dW (2, 2), db (2, 1): the shapes are right."
    assert verdict.holds == "what The slopes holds."
    assert verdict.but == "in db every entry is 0, but the entries should differ."
    assert verdict.hint == "the hint of The slopes"
    assert verdict.ask == "the question of The slopes?"


def test_an_earlier_exercise_that_has_not_passed_is_named_first(judge, slopes, cost):
    assert judge("2", slopes | {"db": np.ones((2, 1))}).first == "Exercise 1 · cost"
    judge("1", cost)
    assert judge("2", slopes | {"db": np.ones((2, 1))}).first == ""


def test_a_known_mistake_gets_its_own_hint_and_credit_and_blames_nothing_earlier(judge, slopes):
    verdict = judge("2", slopes | {"dW": 7 * slopes["dW"]})
    assert verdict.misconception == "summed"
    assert (verdict.hint, verdict.ask, verdict.credit) == ("a special hint", "a special question?", 0.5)
    assert verdict.but == "in dW every entry is 7 times too large."
    assert verdict.first == ""


def test_a_known_mistake_of_two_parts_is_seen_in_one_where_the_other_is_right(judge, slopes):
    wrong = {"dW": 8 * slopes["dW"], "db": 8 * slopes["db"] + 1}
    assert judge("2", wrong).hint == "a special hint"
    assert judge("2", slopes | {"dW": wrong["dW"]}).hint.startswith("In dW: a special hint")
    assert judge("2", slopes | {"db": wrong["db"]}).hint.startswith("In db: a special hint")
    assert judge("2", wrong | {"db": slopes["db"] + 5}).misconception == ""


def test_a_known_mistake_is_seen_beside_another_one(judge, slopes):
    verdict = judge("2", {"dW": 7 * slopes["dW"], "db": slopes["db"].ravel()})
    assert verdict.misconception == "summed"
    assert verdict.kind == "shape"


def test_a_known_mistake_earns_nothing_where_the_rest_of_the_answer_is_wrong(judge, slopes):
    for db in ("a text", None, slopes["db"] + 1):
        verdict = judge("2", {"dW": 7 * slopes["dW"], "db": db})
        assert (verdict.misconception, verdict.credit) == ("summed", 0.0)
    assert judge("2", {"dW": 7 * slopes["dW"]}).credit == 0.0


def test_a_mistake_that_raises_is_known_by_its_exception_which_anybody_could_raise(judge):
    verdict = judge("2", trouble=Trouble("ValueError", "crossed", "slopes", "x", 2))
    assert (verdict.misconception, verdict.credit) == ("crossed", 0.0)
    assert judge("2", trouble=Trouble("ValueError", "other", "slopes", "x", 2)).misconception == ""


KINDS = {
    "forgotten return": (None, "type", "the value is nothing (None), and a dictionary with the keys dW, db is "
                                       "expected. Is there a `return`?"),
    "one key": ({"dW": 1}, "missing", "the key 'db' is missing; there are 'dW'."),
    "no key": ({}, "missing", "the keys 'dW', 'db' are missing; there are none."),
    "a tuple": ((1, 2), "type", "the value is (1, 2), and a dictionary with the keys dW, db is expected."),
    "words": ({"dW": "big", "db": np.ones((2, 1))}, "type",
              "dW is 'big', and an array of numbers, shape (2, 2), is expected."),
    "flat": ({"db": np.array([0.577215, 1.414213])}, "shape",
             "db has shape (2,), and shape (2, 1) is expected. An axis was lost."),
    "a number": ({"db": 0.5}, "shape", "db is a single number, and shape (2, 1) is expected."),
    "overflow": ({"dW": np.array([[1, np.inf], [np.nan, 1]])}, "not finite", "dW[0, 1] is inf."),
    "no number": ({"dW": np.full((2, 2), np.nan)}, "not finite", "dW[0, 0] is nan, which means not a number."),
    "anything": ({"dW": np.array([[0.1, 0.2], [0.3, 0.9]])}, "value",
                 "dW[1, 0] is 0.3 and should be 2.71828, the largest error."),
    "both": ({"dW": np.array([[0.1, 0.2], [0.3, 0.9]]), "db": np.array([[0.1], [9.9]])}, "value",
             "dW and db are not right; db[1, 0] is 9.9 and should be 1.41421, the largest error."),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "kind", "but"), KINDS.values(), ids=KINDS)
def test_each_kind_of_wrong_answer_is_said_as_what_it_is(judge, slopes, wrong, kind, but):
    verdict = judge("2", slopes | wrong if kind in ("shape", "not finite", "value") else wrong)
    assert (verdict.kind, verdict.but) == (kind, but)
    assert verdict.hint
    assert verdict.ask.endswith("?")


def test_a_relation_that_all_parts_share_is_said_once(judge, slopes):
    verdict = judge("2", {name: -value for name, value in slopes.items()})
    assert verdict.but == "in dW and db every entry is of the opposite sign."


def test_extra_keys_are_welcome(judge, slopes):
    assert judge("2", slopes | {"dZ": "kept for later"}).passed


def test_a_single_number_is_not_called_an_entry(judge, cost):
    assert judge("1", 0.111).but == "it is 0.111 and should be 0.693147."
    assert judge("1", 2 * cost).but == "it is twice as large as it should be."
    assert "shapes are right" not in judge("1", 0.111).returned


def test_a_wrong_number_of_axes_for_a_number_gets_the_exercises_hint(judge, cost):
    verdict = judge("1", np.array([[cost]]))
    assert verdict.kind == "shape"
    assert "`.item()` takes it out" in verdict.but
    assert verdict.hint == "the hint of The cost"


def test_parts_of_a_tuple_are_named_in_words(judge):
    right = (np.array([[1.5, 2.5, 3.5]]), {"Z": np.array([[9.25], [8.25]]), "n": 3})
    assert judge("3", right).passed
    assert judge("3", right[:1]).but == "1 value came back, and 2 are expected."
    assert judge("3", right[0]).but.endswith("and a tuple of 2 values is expected.")
    wrong = (np.array([[1.5, 2.5, 0.7]]), {"Z": np.array([[9.25], [1.1]]), "n": 3})
    told = judge("3", wrong).but
    assert told.startswith("the first value and Z of the second value are not right; Z[1, 0] of the second")
    fraction = judge("3", (right[0], {"Z": right[1]["Z"], "n": 3.0}))
    assert fraction.but.startswith("n of the second value is 3.0, and a whole number is expected. A division `/`")
    assert judge("3", (right[0], {"Z": right[1]["Z"], "n": 6})).but == "n of the second value is 6 and should be 3."


def test_warnings_are_notes_of_right_and_wrong_answers_alike(judge, cost):
    assert judge("1", cost, notes=["be careful"]).notes == ["be careful"]
    assert judge("1", 7.5, notes=["be careful"]).notes == ["be careful"]


def test_a_bound_is_enough(judge):
    assert judge("5", 0.99).passed
    assert judge("5", np.float32(1.0)).passed
    assert judge("5", 0.9).but == "at least 0.99 is needed."
    for nonsense in (None, "0.99", np.nan, np.inf, [0.99, 0.99]):
        assert judge("5", nonsense).kind == "type"


def test_a_stub_and_a_refused_call_blame_nothing_earlier(judge):
    assert judge("2", trouble=Trouble("NotImplementedError", "", "slopes")).first == ""
    assert judge("2", trouble=Trouble("TypeError", "takes 1 positional argument", called=False)).first == ""
    assert judge("2", trouble=Trouble("ValueError", "boom", "slopes", "x", 1)).first == "Exercise 1 · cost"


# What a hidden test expects is never said --------------------------------------------------------------------------


def numbers_in(value) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers_in(part)]
    if isinstance(value, list | tuple):
        return [number for part in value for number in numbers_in(part)]
    return [] if value is None or isinstance(value, str) else np.ravel(value).astype(float).tolist()


def spellings(number: float) -> set[str]:
    """Return how `number` could be written with three digits or more; no spelling where it has only few digits."""
    texts = {f"{number:.{digits}{form}}" for digits in range(2, 9) for form in "gef"} | {repr(number)}
    return {text.lstrip("-") for text in texts if len(re.sub(r"e.*|[-.]", "", text).lstrip("0")) >= 3}


def broken(want, how):
    """Return `want` with every array or number of it replaced."""
    if isinstance(want, dict):
        return {key: broken(part, how) for key, part in want.items()}
    if isinstance(want, tuple) or (isinstance(want, list) and as_numbers(want) is None):
        return type(want)(broken(part, how) for part in want)
    return how(np.asarray(want, float))


def parts_of(want) -> list:
    """Return what an answer may give alone, in place of all: each part, as it is and in a list."""
    parts = list(want.values()) if isinstance(want, dict) else list(want) if isinstance(want, tuple) else [want]
    numbers = [part.flat[-1].item() for part in parts if isinstance(part, np.ndarray) and part.size]
    return [some for part in [*parts, *numbers] for some in (part, [part], {"it": part})]


BREAKS = {
    "other numbers": lambda x: np.cos(7 * x + 1),
    "one of them": lambda x: x + (np.arange(x.size).reshape(x.shape) == x.size - 1) * 0.777,
    "transposed": lambda x: x.T,
    "flat": np.ravel,
    "summed": np.sum,
    "half precision": lambda x: np.float16(x),
    "not finite": lambda x: x * np.nan,
    "ten times": lambda x: 10 * x,
    "wrong sign": lambda x: -x,
    "shifted": lambda x: x + 5.4321,
    "backwards": lambda x: x[::-1] if x.ndim else x + 3,
    "text": lambda x: "no number",
    "complex": lambda x: (x + 1) * 1j,
    "nothing": lambda x: None,
}


def hidden_keys(folder) -> list[str]:
    return list(json.loads((folder / HIDDEN_FILE).read_text())["checks"])


@pytest.fixture
def grader(assignment, monkeypatch):
    monkeypatch.setenv(HIDDEN_VARIABLE, str(assignment / HIDDEN_FILE))
    return Session(assignment)


def test_no_explanation_of_a_hidden_test_holds_a_number_that_it_expects(assignment, grader):
    tables = load(assignment)
    seen = 0
    for key in hidden_keys(assignment):
        check = tables.check(key)
        if check.at_least is not None:
            continue
        expected = {text for number in numbers_in(check.want) for text in spellings(number)}
        attempts = [Attempt(broken(check.want, how)) for how in BREAKS.values()]
        attempts += [Attempt(part) for part in parts_of(check.want)]
        for known in check.known_wrong:
            outcome = known.outcome
            raised = "raises" in outcome and Trouble(outcome["raises"], outcome["message"], "f", "return x", 3)
            attempts.append(Attempt(trouble=raised) if raised else Attempt(json_values.decode(outcome["value"])))
        for tried in attempts:
            verdict = grader.judge(key, tried)
            if verdict.passed:  # a transposed number, say
                continue
            # What the student's own code gave is no secret, and the exercise's words are in the notebook.
            verdict = replace(verdict, returned="", came=[], called="", holds="")
            words = as_text(verdict) + json.dumps(verdict.as_data(), ensure_ascii=False)
            for text in expected:
                said = text in words and re.search(rf"(?<![\d.]){re.escape(text)}(?!\d)", words)
                assert not said, (key, verdict.but)
            assert "and should be" not in verdict.but
            seen += 1
    assert seen > 200


def test_a_visible_check_does_say_what_it_expects(assignment, grader):
    """The scan above can find something: the visible checks, which may say it, do."""
    check = load(assignment).check("5")
    verdict = grader.judge("5", Attempt(0.123))
    assert any(text in verdict.but for text in spellings(check.want))


def test_a_word_that_a_hidden_test_expects_is_not_said(judge):
    assert judge("1.2", "relu").but == "the value is not as expected. What a hidden test expects is not shown."


def test_whoever_passes_the_visible_check_alone_is_told_what_is_special_about_the_hidden_inputs(judge, cost):
    assert "single sample" not in judge("1.3", 0.25).hint  # the visible check may fail for the same reason
    judge("1", cost)
    assert judge("1.3", 0.25).hint == (
        "On the inputs of the visible check your answer is right; on these it is not. "
        "In this hidden test, there is a single sample: that may be the reason."
    )
    raised = judge("1.3", trouble=Trouble("IndexError", "out of bounds", "cost", "return A[1]", 3)).hint
    assert raised.endswith(" In this hidden test, there is a single sample: that may be the reason.")
    assert "on others it is not" in judge("1.1", 0.31).hint


def test_a_second_name_that_did_no_harm_in_the_visible_check_is_not_named_in_a_hidden_test(session, cost):
    code = "def cost(A, Y):\n    B = A\n    B[0] = 0\n    return (A * Y).sum()"
    tried = Attempt(0.25, text=lambda: ast.parse(code))
    assert session.judge("1.3", tried).misconception == "second-name"
    session.judge("1", Attempt(cost))
    assert session.judge("1.3", tried).misconception == ""


def test_a_wrong_count_of_a_hidden_test_is_not_betrayed_by_its_ratio(assignment, grader):
    verdict = grader.judge("1.1", Attempt((3, 5, 8)))
    assert verdict.but == "the third value is not right. What a hidden test expects is not shown."


def test_true_and_false_are_said_as_such():
    (found,) = differences([True, True], [True, False])
    assert found.truth
    (found,) = differences([1, 1], [1, 0])
    assert not found.truth


@pytest.mark.parametrize(
    ("reached", "small", "passes"), [(0.97, True, True), (0.97, False, False), (0.94, True, False)]
)
def test_a_bound_may_be_lower_on_the_small_digits(folder, monkeypatch, reached, small, passes):
    tables = json.loads((folder / CHECKS_FILE).read_text())
    tables["checks"]["5"]["at_least_small"] = 0.95
    (folder / CHECKS_FILE).write_text(json.dumps(tables))
    monkeypatch.setattr(data, "are_small", lambda: small)
    verdict = Session(folder).judge("5", Attempt(reached))
    assert verdict.passed == passes
    assert passes or verdict.but == f"at least {0.95 if small else 0.99:g} is needed."


@pytest.mark.parametrize(("code", "name"), [("total // n", "floor-division"), ("int(total / n)", "")])
def test_what_a_floor_division_leaves_is_called_so_where_the_answer_holds_one(folder, code, name):
    tables = json.loads((folder / CHECKS_FILE).read_text())
    tables["checks"]["1"] |= {"want": 2.75, "wrong": {}}
    (folder / CHECKS_FILE).write_text(json.dumps(tables))
    tried = Attempt(2.0, text=lambda: ast.parse(f"def cost(total, n):\n    return {code}"))
    assert Session(folder).judge("1", tried).misconception == name


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "value",
    ["y" * 60_000_000, [(1, 2)] * 120_000 + ["a"] * 500_000, [1j] * 800_000, {str(i): i for i in range(90_000)},
     {"k" * 1_000_000 + str(i): i for i in range(60)}, [["x" * 100_000] * 12] * 12],
    ids=["a text", "a list", "complex numbers", "a dictionary", "keys", "texts"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["1", "2"])
def test_however_much_comes_back_a_verdict_is_short(key, value, judge):
    assert len(json.dumps(judge(key, value).as_data())) < 30_000


@pytest.mark.parametrize(("line", "name"), [("a = z", "one-array-two-names"), ("a = z.copy()", "")])
def test_an_array_under_two_names_is_told_from_a_wrong_key(folder, line, name):
    tables = json.loads((folder / CHECKS_FILE).read_text())
    z, a = np.array([-1.5, 2.5]), np.array([0.0, 2.5])
    tables["checks"]["2"] |= {"want": json_values.encode({"z": z, "a": a}), "wrong": {}}
    (folder / CHECKS_FILE).write_text(json.dumps(tables))
    tried = Attempt({"z": a, "a": a}, text=lambda: ast.parse(f"def f(z):\n    {line}\n    a[a < 0] = 0\n    return 1"))
    assert Session(folder).judge("2", tried).misconception == name


def test_an_exception_inside_a_wrong_earlier_answer_sends_there(judge):
    trouble = Trouble("IndexError", "…", "cost", "m = Y[9]", 3, via="slopes, line 2: `c = cost(A, Y)`")
    assert "print each argument" in judge("2", trouble=trouble).hint
    assert not judge("1", 9.75).passed
    verdict = judge("2", trouble=trouble)
    assert verdict.hint.startswith("The error comes from Exercise 1 · cost, which is not right yet. Correct that one")


GIANTS = {
    "array": np.zeros(10**7),
    "broadcast": np.broadcast_to(1.0, (10**5, 10**5)),
    "list": [0.0] * 10**7,
    "rows": [[0.0] * 2000] * 2000,
    "texts": np.full(10**6, "a"),
    "dict": dict.fromkeys(range(10**6), 1.0),
    "text": "a" * 10**8,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("key", ["1", "2", "3", "5"])
@pytest.mark.parametrize("kind", GIANTS)
def test_nobody_waits_for_a_giant(judge, key, kind):
    verdict = judge(key, GIANTS[kind])
    assert not verdict.passed
    assert verdict.but.startswith(("far more came back than is expected.", "the keys 'dW', 'db' are missing"))


def test_a_giant_beside_right_values_is_no_mistake_and_beside_wrong_ones_is_not_searched(judge, slopes):
    assert judge("2", slopes | {"X": np.zeros(10**6)}).passed
    wrong = judge("2", {"dW": 7 * slopes["dW"], "db": np.zeros((2, 1)), "X": [0.0] * 10**6})
    assert (wrong.passed, wrong.kind) == (False, "value")


INPUT = "31.25"  # what a student's function puts into what it returns


@pytest.mark.parametrize("key", ["1.1", "1.2"])
@pytest.mark.parametrize(
    "value",
    [INPUT, INPUT.encode(), {INPUT: 1}, {INPUT}, Fraction(3125, 100), Decimal(INPUT), type(INPUT, (), {})()],
    ids=type,
)
def test_what_an_answer_holds_is_not_in_the_words_on_a_hidden_test(judge, key, value):
    verdict = judge(key, value)
    assert not verdict.passed
    for secret in (INPUT, "3125", "125/4"):
        assert secret not in verdict.but + verdict.hint + verdict.ask
