"""Statements about `in_the_text`: a name speaks of nothing that the answer's text does not hold."""

from __future__ import annotations

import ast
import time

import pytest

from backprop.answers import handed_out
from backprop.answers.attempt import Attempt
from backprop.explain.in_the_text import Text, changes_an_alias, code_of, may_be, text_of


def text(code: str) -> Text:
    return Text(ast.parse(code))


@pytest.mark.parametrize(
    ("kind", "what", "holds", "holds_not"),
    [
        ("absolute-difference", "", "np.abs(a - y)", "a - y"),
        ("another-comparison", "`<=` for `<`", "x <= 1", "x < 1"),
        ("another-comparison", "`>` for `<`", "not x <= 1", "x - 1"),
        ("another-activation", "leaky ReLU", "np.where(z > 0, z, 0.01 * z)", "np.tanh(z)"),
        ("another-draw", "uniform numbers between 0 and 1", "np.random.rand(3)", "np.random.randn(3)"),
        ("another-function", "`exp2` for `exp`", "2 ** -x", "np.exp(x)"),
        ("another-name", "`dW2` for `dZ2`", "np.dot(W2.T, dW2)", "np.dot(W2.T, dZ2)"),
        ("another-scale", "0.01", "np.random.randn(3) / 100", "np.random.randn(3)"),
        ("another-summary", "`median` for `mean`", "np.median(x)", "np.mean(x)"),
        ("another-threshold", "0.4 for 0.5", "a > 0.4", "a > 0.5"),
        ("clipped", "5", "np.clip(x, -5, 5)", "np.clip(x, -1, 1)"),
        ("compared-with-a-number", "1", "np.mean(p == 1)", "np.mean(p == y)"),
        ("data-of-the-notebook", "`X_train` for `X`", "X_train @ W", "X @ W"),
        ("extra-divisor", "the length of `x`", "s / len(x)", "s / 2"),
        ("leaves-the-loop", "", "for i in x:\n    break", "x[0]"),
        ("number-scaled", "`rate` is in percent", "rate / 100", "rate / 2"),
        ("number-written-down", "10 for `n_h`", "np.zeros(10)", "np.zeros(n_h)"),
        ("rounded", "2", "round(x, 2)", "x"),
        ("seed-inside", "1", "np.random.seed(1)", "np.random.randn(1)"),
        ("slope-elsewhere", "`Z2`", "slope(Z2)", "slope(Z1) + Z2"),
        ("step-already-taken", "0.1", "w - 0.1 * g", "w - g"),
        ("value-absolute-taken", "", "np.abs(x)", "x"),
        ("value-percent", "", "100 * x", "x"),
        ("part-whole-numbers", "the one with `x`", "int(x) + 1", "x + 1"),
        ("value-whole-numbers", "", "np.array([0, 1]) + x", "z[0] + z[0, 1]"),
        ("copy-missing", "", "right[i]\nright = x", "right[i]\nright = x + 1\nx[i] += h"),
        ("slope-with-another", "`z`", "1 - z ** 2\nd = (1 - z) * z", "1 - f ** 2"),
    ],
)
def test_a_sentence_needs_what_it_speaks_of(kind, what, holds, holds_not):
    assert text(f"def f(x):\n    return {holds}" if "\n" not in holds else holds).bears(kind, what)
    assert not text(f"def f(x):\n    return {holds_not}").bears(kind, what)


@pytest.mark.parametrize(("code", "shared"), [
    ("z = f = np.zeros(3)", True),
    ("z = np.zeros(3)\nf = z", True),
    ("grads['W'] = grads['b'] = np.zeros(3)", True),
    ("z, f = [np.zeros(3)] * 2", True),
    ("z[i] = f[i] = heard", False),
    ("z = (x + y) * 2", False),
    ("z, f = (x, x.copy())", False),
    ("a = b = 0", False),
    ("heard = x\nz = np.zeros(3)", False),
])  # fmt: skip
def test_one_array_under_two_names_needs_a_line_that_gives_both(code, shared):
    assert text(code).bears("one-array-for-both", "`z` and `f`") == shared


@pytest.mark.parametrize(("code", "borne"), [
    ("slope = a\nw1 = w1 - eta * eta * slope", False),
    ("slope = eta * a", True),
    ("w1 = w1 - eta * f(x)", True),
])  # fmt: skip
def test_a_factor_too_much_stands_in_the_line_that_is_named(code, borne):
    assert text(code).bears("extra-factor", "`eta`", "`slope` and `other`") == borne


@pytest.mark.parametrize("kind", ["one-array-for-both", "extra-factor", "nothing-done"])
def test_a_text_of_empty_lines_is_read_in_no_time(kind):
    cell = text('def f(x):\n    def g(y):\n        """' + "\n" * 40_000 + '"""\n    return x')
    before = time.process_time()
    cell.bears(kind, "`eta`", "`slope`")
    assert time.process_time() - before < 1


def test_nothing_is_called_done_where_entries_are_stored():
    assert not text("for i in x:\n    delta[i - 1] = 2").bears("nothing-done", "", "`delta`")
    assert text("for i in x:\n    delta = 2").bears("nothing-done", "", "`delta`")


def test_of_a_loop_is_spoken_only_where_there_is_one():
    assert not text("z[0] = x").speaks_of("the loop")
    assert text("for i in x:\n    z[i] = x").speaks_of("the loop")


@pytest.mark.parametrize(
    "kind", ["sign-missing", "factor-missing", "value-wrong-sign", "value-reversed", "nothing-done"]
)
def test_what_is_missing_or_a_fact_of_the_values_needs_nothing(kind):
    assert text("def f(x):\n    return x").bears(kind, "the one with `y`")


@pytest.mark.parametrize(
    ("code", "borne"), [("2 * x", False), ("x * 2.0", False), ("x ** 2 * y", True), ("x ** 2", True), ("12 * x", True)]
)
def test_a_number_that_stands_there_as_a_factor_is_not_called_missing(code, borne):
    assert text(f"def f(x, y):\n    return {code}").bears("factor-missing", "`2`") == borne


def test_the_head_of_a_function_comments_and_docstrings_do_not_count():
    cell = text('def f(x, y, h=0.5):\n    """Take abs."""\n    # np.abs\n    return x')
    assert not cell.bears("another-name", "`y` for `x`")
    assert not cell.bears("value-absolute-taken", "")
    assert cell.bears("another-number", "0.5 for 2"), "a default is written down too"


def test_an_author_can_say_what_the_text_must_hold():
    only = r"^\s*\w+ = \w+ = "
    for code, fits in (("a = b = f(x)", True), ("a = f(x)\nb = f(x)", False)):
        tried = Attempt(1.0, text=lambda code=code: ast.parse(code))
        assert may_be(only, code_of(tried)) == fits
    assert may_be(only, code_of(Attempt(1.0))), "where no text is known, the values decide"


@pytest.mark.parametrize("value", ["+".join(["x"] * 2000), "0x" + "f" * 9000])
def test_of_a_text_that_cannot_be_written_out_again_nothing_is_known(value):
    attempt = Attempt(text=lambda: ast.parse(f"def f(x):\n    return {value}"))
    assert text_of(attempt) is None
    assert code_of(attempt)() == ""


def test_a_number_that_is_too_large_for_a_float_is_none_that_a_sentence_speaks_of():
    assert text("def f(x):\n    return 2 + 1" + "0" * 400).numbers == {2.0}


@pytest.mark.timeout(20)
def test_a_text_of_open_brackets_takes_no_square_of_its_length():
    assert not text(f"def f(x):\n    return '{'x[' * 40_000}'").bears("slope-elsewhere", "`x`")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", ["(a+)+$", "for .* in .*range.*x"])
def test_a_pattern_that_would_take_without_end_is_not_found(pattern):
    assert not may_be(pattern, lambda: "s = '" + "for in " * 7000 + "a" * 60 + "'")


def test_a_name_stands_in_the_line_of_which_a_sentence_speaks():
    cell = text("def f(V, a, e):\n    dV = e @ a.T\n    db = dV.T * e\n    return db")
    assert cell.bears("another-name", "`a` for `V`", "`dV`")
    assert not cell.bears("another-name", "`a` for `V`", "`db`")
    assert cell.bears("another-name", "`a` for `V`", "`dW`"), "where the place has another name, it may be anywhere"


def test_one_of_several_places_is_in_the_text():
    cell = text("def f(x):\n    dZ1 = x\n    return dZ1")
    assert cell.speaks_of("`dZ1` and `dW1`")
    assert not cell.speaks_of("`z` and `dCda`")
    assert cell.speaks_of("`z`"), "which may be what the lesson calls it"


def test_an_array_under_two_names_is_no_key_of_another():
    assert text("def f(z):\n    return {'z': z, 'a': z}").bears("stored-twice", "`z`")
    assert not text("def f(z):\n    a = z\n    a[a < 0] = 0\n    return {'z': z, 'a': a}").bears("stored-twice", "`z`")


def test_an_array_that_is_changed_under_a_second_name_is_found_in_one_pass_over_the_text():
    for changed in ("b[0] = 1", "b[0] += 1", "b += 1", "if x:\n    b[i] *= 2"):
        assert changes_an_alias(f"def f(a):\n    b = a\n    c = 0\n{changed}")
    for kept in ("b = 1", "b == 1", "c[0] = 1", "b(1)", "a += 1"):
        assert not changes_an_alias(f"b = a\n{kept}")
    start = time.perf_counter()
    assert not changes_an_alias("a = b\n" * 15_000 + "a[" * 5_000)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("code", "called"), [
    ("silent = (~active).any(axis=0)\ndead = (~active).all(axis=1)", False),
    ("silent = (~active).all(axis=0)", True),
    ("quiet = np.all(~active, axis=0)\nsilent = quiet.copy()", True),
    ("return all(~active)", True),
])  # fmt: skip
def test_another_function_is_called_where_the_name_gets_its_value(code, called):
    body = "\n    ".join(code.splitlines())
    assert text(f"def f(active):\n    {body}").bears("another-summary", "`all` for `any`", "`silent`") == called


def test_what_was_handed_out_is_not_called_wrong_unless_something_is_missing_there():
    codes = {handed_out.code_of(ast.parse("x = np.array([[x1], [x2]])").body[0])}
    answer = ast.parse("def f(x1, x2):\n    x = np.array([[x1],  [x2]])  # as given\n    z = x[1] * 2\n    return z")
    assert Text(answer, codes).is_given("value-reversed", "`x`")
    assert not Text(answer, codes).is_given("value-reversed", "`z`")
    assert not Text(answer, codes).is_given("line-missing", "`x`")
    assert not Text(answer, codes).is_given("value-reversed", "`x` and `z`")
    assert not Text(answer).is_given("value-reversed", "`x`")


def test_another_name_in_the_loop_stands_in_the_head_of_one():
    said = ("another-name", "`shown` for `rounds`", "the loop")
    assert text("def f(rounds, shown):\n    for i in range(shown):\n        pass").bears(*said)
    assert not text("def f(rounds, shown):\n    for i in range(rounds):\n        print(shown)").bears(*said)


def test_a_name_that_an_answer_has_not_is_lacking():
    assert text("def f(x):\n    return 2 * x").lacks("`dzdb`")
    assert text("def f(x):\n    return 2 * x").lacks("a line for `dzdb`")
    assert not text("def f(x):\n    dzdb = 2 * x\n    return dzdb").lacks("`dzdb`")
    assert not text("def f(x):\n    return 2 * x").lacks("what `f` returns")
    assert text("def f(x):\n    z = x\n    return 2 * z").lacks("`z` and `dCda`")
    assert not text("def f(x):\n    z = x\n    return 2 * z").lacks("`z` and everywhere else")


def test_a_name_in_a_helper_is_none_of_the_answers_own():
    both = text("def g(x):\n    dzdb = 1\n    return dzdb\n\ndef f(x):\n    return g(x)")
    assert not both.lacks("`dzdb`")
    assert both.only(["f"]).lacks("`dzdb`")
    assert not both.only(["elsewhere"]).lacks("`dzdb`")


def test_what_is_printed_outside_of_functions_does_not_count():
    shown = "for y in x:\n    print(f'{y:.3f}', round(y))\nz = x"
    assert not text(shown).bears("rounded", "3")
    assert text(shown.replace("z = x", "z = round(x)")).bears("rounded", "3")
    assert text("def f(x):\n    print(round(x))").bears("rounded", "3")
