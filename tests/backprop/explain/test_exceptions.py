"""Statements about `troubles`: an exception in plain words, with the student's line and something to look at."""

from __future__ import annotations

import pytest

from backprop.answers.attempt import Trouble
from backprop.answers.tables import Exercise
from backprop.explain.exceptions import MEANS, explain, misspelt, stopped
from backprop.explain.finding import Finding

COST = Exercise("1", "The cost", "cost", 4, "it is one number.", "a hint", "a question?")
LOOP = Exercise("2", "The loop", "train", 4, "it ends.", "a hint", "a question?")
EXERCISES = {"1": COST, "2": LOOP}

NOT_THERE = "is not answered, the answer has another name, or its cell did not run to its end."


def explained(kind: str, message: str = "", **more) -> Finding:
    return explain(Trouble(kind, message, **more), LOOP, EXERCISES)


def raised(kind: str, message: str) -> Finding:
    return explained(kind, message, function="train", line="x = f(y)", line_number=7)


def test_a_stub_is_called_unanswered_and_by_the_exercise_it_belongs_to():
    own = explained("NotImplementedError", function="train")
    other = explained("NotImplementedError", function="cost")
    assert own.kind == other.kind == "unanswered"
    assert own.but == "Exercise 2 · train is not answered yet."
    assert other.but == "Exercise 1 · cost is not answered yet."
    assert explained("NotWrittenYet", function="again").but == "Exercise 2 · train is not answered yet."


def test_a_function_that_is_not_there_names_the_exercise_that_asks_for_it():
    wrong = explained("NameError", "name 'cost' is not defined", missing_name="cost", function="train")
    assert wrong.kind == "unanswered"
    assert wrong.but == f"there is no `cost` yet: Exercise 1 · cost {NOT_THERE}"
    at_the_call = explained("NameError", "name 'train' is not defined", missing_name="train", function="<lambda>")
    assert "there is no `train` yet: Exercise 2 · train" in at_the_call.but
    variable = explained("NameError", "name 'best' is not defined", missing_name="best", function="<lambda>")
    assert "there is no `best` yet: Exercise 2" in variable.but


def test_a_cell_that_stopped_before_its_answer_is_told_with_its_error():
    wrong = stopped("best", "NameError: name 'rate' is not defined")
    assert wrong.kind == "unanswered"
    assert wrong.but.endswith("stopped with an error: NameError: name 'rate' is not defined")
    assert wrong.hint.startswith("Mend that error first; below its cell you see in which line it was. A name in that")
    assert stopped("best", "OddError: no").ask == "Which line of that cell is the last that ran?"


def test_an_exercise_may_ask_for_a_method_or_for_several_functions():
    several = Exercise("3", "The judge", "predict, errors", 4, "it is right.", "a hint", "a question?")
    method = Exercise("4", "The class", "Net.learn", 4, "it learns.", "a hint", "a question?")
    exercises = EXERCISES | {"3": several, "4": method}
    for function, name in (("errors", several.name), ("predict", several.name), ("learn", method.name)):
        stub = explain(Trouble("NotImplementedError", "", function=function), LOOP, exercises)
        assert stub.but == f"{name} is not answered yet."
    missing = explain(Trouble("NameError", "…", missing_name="Net", function="network_with"), LOOP, exercises)
    assert missing.but == f"there is no `Net` yet: {method.name} {NOT_THERE}"


def test_a_name_that_the_student_forgot_is_no_missing_exercise():
    at = {"function": "train", "line": "W3", "line_number": 2}
    wrong = explained("NameError", "name 'W3' is not defined", missing_name="W3", **at)
    assert wrong.kind == "exception"
    assert wrong.but == "NameError in train, line 2: `W3`"
    assert "neither an argument, nor set in a line before" in wrong.hint


def test_a_refused_call_is_about_its_arguments():
    wrong = explained("TypeError", "train() takes 2 positional arguments but 3 were given", called=False)
    assert wrong.kind == "arguments"
    assert "takes 2 positional arguments but 3 were given" in wrong.returned


def test_a_call_that_the_students_own_code_makes_wrongly_is_told_at_its_line():
    wrong = raised("TypeError", "cost() missing 1 required positional argument: 'Y'")
    assert wrong.kind == "exception"
    assert wrong.but == "TypeError in train, line 7: `x = f(y)`"
    assert "gives no value for `Y`" in wrong.hint


def test_a_loop_that_was_stopped_is_told_with_its_line():
    at = {"function": "train", "line": "while True:", "line_number": 3}
    wrong = explained("TookTooLong", "it was stopped after 10 seconds", **at)
    assert wrong.kind == "too slow"
    assert wrong.but.startswith("it was stopped after 10 seconds")
    assert wrong.but.endswith("It was in train, line 3: `while True:`")
    assert explained("TookTooLong", "it was stopped after 10 seconds").but.endswith("takes only a moment.")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("shapes (10,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)", "(10,3) and (2,3) cannot be multiplied"),
        ("operands could not be broadcast together with shapes (3,4) (4,5) ", "(3,4) and (4,5) cannot be combined"),
        (
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
            "(n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)",
            "here there are 3 columns and 2 rows",
        ),
        ("'tuple' object cannot be interpreted as an integer", "`f(2, 3)`, not `f((2, 3))`"),
        ("The truth value of an array with more than one element is ambiguous.", "need one True or False"),
        ("only integers, slices (`:`) and integer or boolean arrays are valid indices", "indexed with whole numbers"),
    ],
)
def test_what_numpy_says_is_put_in_plain_words(message, says):
    assert says in raised("ValueError", message).hint


@pytest.mark.parametrize("kind", MEANS)
def test_frequent_exceptions_have_a_hint_and_a_question_of_their_own(kind):
    wrong = raised(kind, "something")
    assert wrong.hint.endswith((".", "`."))
    assert wrong.ask.endswith("?")


def test_an_exception_without_a_line_is_still_said():
    wrong = explained("Boom", "something broke")
    assert wrong.returned == "nothing: Boom: something broke"
    assert wrong.but


def test_the_frames_around_a_function_have_names_that_a_student_knows():
    at = {"line": "boom()", "line_number": 1}
    assert explained("Boom", function="<lambda>", **at).but == "Boom in the call, line 1: `boom()`"
    assert explained("Boom", function="<module>", **at).but == "Boom in your cell, line 1: `boom()`"


def test_an_exception_inside_an_earlier_answer_is_told_at_the_line_that_called_it():
    at = {"function": "cost", "line": "m = Y.shape[1]", "line_number": 3, "via": "train, line 7: `c = cost(Y, A)`"}
    wrong = explained("IndexError", "tuple index out of range", **at)
    assert wrong.but == "IndexError in train, line 7: `c = cost(Y, A)`. It happened inside `cost`: `m = Y.shape[1]`"
    assert "the line that calls `cost`" in wrong.hint
    assert wrong.misconception == ""


def test_of_several_calls_the_last_in_this_exercise_is_told():
    cell = Exercise("4", "The cell", "", 4, "it is right.", "a hint", "a question?")
    via = "<module>, line 2: `p = train(x)`\ncost, line 7: `return inner(x)`"
    trouble = Trouble("IndexError", "…", function="inner", line="x[9]", line_number=3, via=via)
    wrong = explain(trouble, cell, EXERCISES | {"5": Exercise("5", "In", "inner", 4, "", "", "")})
    assert wrong.but.startswith("IndexError in your cell, line 2: `p = train(x)`.")
    assert wrong.hint.startswith("Look at the line that calls `cost`")


def test_what_an_earlier_function_cannot_use_is_looked_for_in_what_came_back():
    via = "<listcomp>, line 2: `[cost(train(), x) for x in given(key)]`"
    wrong = explained("ValueError", "…", function="cost", line="z = W @ x", line_number=3, via=via)
    assert wrong.but == "ValueError in cost, line 3: `z = W @ x`"
    assert wrong.hint.startswith("The error comes up when `cost` uses what you return.")


@pytest.mark.parametrize(("name", "of_a_method"), [("step", False), ("Net.train", True)])
def test_self_is_spoken_of_where_a_method_was_called(name, of_a_method):
    said = raised("TypeError", f"{name}() takes 2 positional arguments but 3 were given").hint
    assert ("`self`" in said) == of_a_method


def test_where_no_loop_adds_one_to_an_index_nothing_is_said_of_that():
    at = {"function": "train", "line_number": 3}
    assert "`i + 1` is n" in explained("IndexError", "index 3 …", line="d[i] = w[i + 1]", **at).hint
    assert "`i + 1` is n" not in explained("IndexError", "index 3 …", line="g[i] = f[i - 1] * d[i]", **at).hint


@pytest.mark.parametrize(("missing", "says"), [
    ("np", "`np` comes from the cell with the imports"),
    ("math", "`math` is a library that the notebook does not import."),
    ("c0st", "There is no `c0st`. There is `cost`."),
    ("Cost", ""),
])  # fmt: skip
def test_a_name_that_looks_like_one_of_the_exercises_is_told_so(missing, says):
    at = {"function": "train", "line": f"a = {missing}(x)", "line_number": 3}
    hint = explained("NameError", f"name '{missing}' is not defined", missing_name=missing, **at).hint
    assert hint.startswith(says or "A name in that line has no value")


def test_an_answer_under_a_name_that_is_misspelt_is_told_so():
    told = misspelt("train", "trian")
    assert told.but == "there is no answer under the name `train`; a cell gives a value to `trian`."
    assert told.misconception == "misspelt-name"


@pytest.mark.parametrize(("message", "says"), [
    ("cost() missing 1 required positional argument: 'y'", "The call of `cost` in that line gives no value for `y`."),
    ("cost() missing 2 required positional arguments: 'x' and 'y'", "gives no value for `x` and `y`."),
    ("cost() takes 2 positional arguments but 3 were given", "passes 3 arguments, and the function takes 2."),
    ("cost() got an unexpected keyword argument 'z'", "passes more or fewer arguments than the function takes."),
])  # fmt: skip
def test_a_call_that_is_refused_is_told_with_what_it_lacks(message, says):
    assert says in raised("TypeError", message).hint


def test_entry_by_entry_is_told_from_a_matrix_product_where_the_line_has_a_star():
    message = "operands could not be broadcast together with shapes (4,3) (4,5) "
    at = {"function": "train", "line_number": 3}
    assert "a matrix product is `@`" in explained("ValueError", message, line="z = W.T * A", **at).hint
    assert "a matrix product is `@`" not in explained("ValueError", message, line="z = W + A ** 2", **at).hint


def test_an_index_that_is_written_as_a_number_is_no_matter_of_a_loop():
    at = {"function": "train", "line_number": 3}
    assert "written as a number" in explained("IndexError", "index 1 …", line="z[1] = f[0] * w[1]", **at).hint
    assert "written as a number" not in explained("IndexError", "index 1 …", line="z[i] = f[0]", **at).hint


def test_results_under_other_names_are_told_which_names_are_asked_for():
    wrong = explained("NotWrittenYet", "`p` and `q`", function="again")
    assert wrong.but == "Exercise 2 · train is not answered yet: no cell you have run gives a value to `p` and `q`."
    assert "exactly these names" in wrong.hint


def test_a_name_that_hides_a_function_is_told_so():
    at = {"function": "train", "line": "cost = cost(W, b)", "line_number": 3}
    message = "cannot access local variable 'cost' where it is not associated with a value"
    assert "not for the one outside" in explained("UnboundLocalError", message, **at).hint
    assert "hides" not in explained("UnboundLocalError", message, **at | {"line": "x = cost(W)"}).hint


def test_several_numbers_for_one_entry_are_told_from_results_that_are_not_unpacked():
    message = "setting an array element with a sequence."
    entry = explained("ValueError", message, function="train", line="out[i] = np.exp(x[i])", line_number=3)
    assert entry.misconception == "several-into-one"
    whole = explained("ValueError", message, function="train", line="out = np.array([f(x), 1])", line_number=3)
    assert whole.misconception == "not-unpacked"


def test_a_list_that_is_compared_with_a_number_is_named():
    message = "'<' not supported between instances of 'list' and 'float'"
    told = explained("TypeError", message, function="train", line="return errors < 0.1", line_number=3)
    assert told.misconception == "compared-as-a-whole"


@pytest.mark.parametrize(("line", "of_products"), [
    ("z = W * x", True), ("b = b - rate * db", False), ("b -= rate * db", False), ("z = (W + V) * x", False),
    ("z = W*x+b", False),
])  # fmt: skip
def test_of_products_is_spoken_only_where_nothing_else_in_the_line_combines_arrays(line, of_products):
    message = "operands could not be broadcast together with shapes (3,1) (5,1) "
    wrong = explained("ValueError", message, function="train", line=line, line_number=7)
    assert ("a matrix product is `@`" in wrong.hint) == of_products
    assert wrong.hint.startswith("Shapes (3,1) and (5,1) cannot be combined")


@pytest.mark.parametrize(("line", "name", "told"), [
    ("W = parameters[W2] - 1", "W2", True), ("W = parameters[W2 + 1]", "W2", False), ("z = x[i]", "i", False),
])  # fmt: skip
def test_a_key_without_quotation_marks_may_be_what_has_no_value(line, name, told):
    wrong = explained("NameError", f"name '{name}' is not defined", missing_name=name, function="train", line=line)
    assert (wrong.misconception == "key-without-quotes") == told
    local = f"cannot access local variable '{name}' where it is not associated with a value"
    wrong = explained("UnboundLocalError", local, function="train", line=line)
    assert (wrong.misconception == "key-without-quotes") == told
    assert not told or f'`["{name}"]`' in wrong.hint


def test_a_function_that_a_module_has_under_another_name_is_told():
    wrong = raised("AttributeError", "module 'numpy' has no attribute 'artanh'")
    assert wrong.hint == "`np` has no `artanh`. It has `np.arctanh`."
    assert raised("AttributeError", "module 'numpy' has no attribute 'tanH'").hint.endswith("It has `np.tanh`.")
    assert "Python's own `int`" in raised("AttributeError", "module 'numpy' has no attribute 'int'.").hint
    assert raised("AttributeError", "module 'numpy' has no attribute 'relu'").hint == "`np` has no `relu`."
    assert raised("AttributeError", "module 'random' has no attribute 'str'").hint == "`random` has no `str`."
    assert "`type`" in raised("AttributeError", "'list' object has no attribute 'shape'").hint


def test_a_key_after_a_dot_is_told():
    assert '`["o"]`' in raised("AttributeError", "'dict' object has no attribute 'o'").hint
    assert "`type`" in raised("AttributeError", "'dict' object has no attribute 'append'").hint


def test_of_an_axis_that_is_not_there_the_number_of_axes_is_told():
    wrong = raised("AxisError", "axis 1 is out of bounds for array of dimension 1")
    assert wrong.hint.startswith("The array there has one axis")
