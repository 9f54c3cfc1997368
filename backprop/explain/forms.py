"""The mistakes of form that have fixed words, and the questions that go with others."""

from __future__ import annotations

import re
from typing import NamedTuple


class Form(NamedTuple):
    """A mistake of form: its name, and a hint and a question, "" where the general ones say it all."""

    id: str
    hint: str = ""
    ask: str = ""


SIDES = "What do the rows and the columns stand for?"
LAST_LINE = "Which line of your function runs last, and what does it return to the caller?"
COUNTED = "How many entries does the exercise ask for, and which of them is your first?"
TEXT = "You return a string, such as an f-string makes; the exercise asks for the values themselves."
NOT_THE_SAME = Form(
    "not-the-same-twice",
    "Two calls with the same input and the same seed give two different results. Something is kept from call to call, "
    "such as a list used as a default argument, or random numbers come from somewhere other than `np.random`.",
    "What does your function use that is neither an argument nor made in the call itself?",
)
ANOTHER_GENERATOR = Form(
    "another-generator",
    "The random numbers come from a generator of your own. Where the exercise asks for some, draw them from "
    "`np.random`, whose seed it sets; where it asks for none, none belong there.",
    "What does `np.random.seed(1)` set, and which object do you draw from?",
)
WHOLE_NUMBERS = Form(
    "array-of-whole-numbers",
    "The array that you fill holds whole numbers only, by its `dtype` or what it was made of: what you store loses its "
    "decimals. `dtype=float` makes room for them.",
    "Which line makes that array, and of which type are the numbers that it is made of?",
)
HALF_POWER = re.compile(r"\*\* 1 / \d")  # as `ast.unparse` writes it where no parentheses keep it together
POWER_FIRST = Form(
    "power-before-division",
    "`a ** 1/2` is `(a ** 1) / 2`: Python takes the power first, and divides then. A root is `a ** (1/2)`, or "
    "`np.sqrt(a)`.",
    "What does Python give for `9 ** 1/2`, and what for `9 ** (1/2)`?",
)
ALIKE = 0.8  # how much of two names is the same, for one to be a slip of the other
MISSPELT = (
    "A method sets `self.{name}`, which nothing in the class reads; there is a `self.{other}`. Under another name the "
    "value is lost."
)
OTHER_ATTRIBUTES = (
    "What your method computes goes into {names}, which nothing reads. The attributes that `__init__` makes stay as "
    "they are."
)
MISSPELT_ASK = "Which attributes does `__init__` make, letter by letter?"
KEPT = (
    "`{name}` is made once and never emptied: each call adds to what earlier calls have left in it. Make the list "
    "inside the function."
)
KEPT_ASK = "What is in the list when the function is called for the second time?"
GOES_ON = (
    "`{name}` lasts from call to call, so each call goes on with what earlier calls have left in it. Begin each call "
    "of the exercise's function with a new one."
)
GOES_ON_ASK = "What does `{name}` hold when the function is called for the second time?"
SHARED = (
    "`{name}` is set in the class, outside every method, so all its objects share one and the same array. Set it in "
    "`__init__`, as `self.{name} = …`: then each has its own."
)
SHARED_ASK = "If two objects are made and one of them is trained, what does the other know?"
OVERWRITTEN = (
    "In the loop, `{name} = …` replaces what was there in each round. To set one entry, write its index: "
    "`{name}[i] = …`."
)
OVERWRITTEN_ASK = "What is left of the earlier rounds at the end?"
KEEPS_AXES = "A sum, a mean and the like take an axis away; `keepdims=True` keeps it."
FLATTENED = "`{name}` takes axes away: after it, rows and columns are no longer told apart."
FLATTENED_ASK = "Which shape does the array have before that call, and which should come back?"
OVERFLOW = Form(
    "overflow",
    "A number is infinite. Numbers too large for Python give that, as in `np.exp(1000)`, a division by 0, and "
    "functions at the end of their range, such as `np.log(0)` and `np.arctanh(1)`.",
    "Which part of your formula becomes infinite for the numbers in the call?",
)
NOT_A_NUMBER = Form(
    "not-a-number",
    "`nan` means that a number cannot be computed. 0 / 0, ∞ / ∞ and ∞ − ∞ give it, and so does the root or the "
    "logarithm of a negative number.",
    "Print the values on the way. After which operation does the first `nan` appear, and what went into it?",
)
FLOORED = Form("floor-division", "`//` cuts off the decimals; `/` keeps them.", "What is 3 // 2, and what is 3 / 2?")
ALIASED = Form(
    "one-array-two-names",
    "A line such as `a = z` gives the same array a second name; it makes no second array. What you change under one "
    "name changes under the other. `z.copy()` makes a second one.",
    "How many arrays are there, and which of your lines changes one of them?",
)
NOT_CALLED = "Which function is meant, and which arguments does it need?"
INVERTED = Form(
    "not-of-whole-numbers",
    "`~` swaps True and False, but it turns a whole number n into −n − 1.",
    "Of what type are the entries to which you apply `~`?",
)
INVERTED_BOOL = Form(
    "not-of-whole-numbers",
    "`~` swaps True and False in NumPy's arrays. Python's own True and False are the whole numbers 1 and 0 to it: it "
    "makes −2 and −1 of them, and both count as true. `not` is for them.",
    "What does Python give for `~True`, and what for `not True`?",
)
GENERATOR = "{what} comes back, which gives its values one by one and only once."
MAKES_A_LIST = "`list(…)` makes a list of them."
GIVES_ONE = "A single value comes with `return`, not with `yield` or a `for` in parentheses."
GENERATOR_ASK = "What does `print` show you of it?"
ONE_OBJECT = (
    "{names} are names for one and the same array, which line {line} makes only once. What you change under one name "
    "changes under the other."
)
ONE_OBJECT_ASK = "How many arrays does that line make?"
COMMA = "The comma at the end of line {line} makes a tuple of one value: `x = 5,` means `x = (5,)`."
COMMA_ASK = "What does Python show you for `5,`?"
ONE_ROW = (
    "All rows of `{name}`, which line {line} makes, are one and the same list: `[row] * n` makes no copies. What you "
    "set in one row is set in all."
)
ONE_ROW_ASK = "What is in `{name}[1]` after `{name}[0][0] = 5`?"
CHANGES_A_SETTING = (
    "Line {line} changes `self.{name}`, and the next call goes on with what it finds there, not with the value that "
    "`__init__` has set."
)
CHANGES_A_SETTING_ASK = "What is `self.{name}` after two calls?"
METHOD_NOT_CALLED = (
    "`{part}` in line {line} is the method itself, which is never called and counts as True. Parentheses call it."
)
METHOD_NOT_CALLED_ASK = "What does `print({part})` show?"
SECOND_NAME = (
    "`{line}` makes no second array: `{one}` and `{other}` are the same one, and a change under one name shows under "
    "the other. `.copy()` makes a second one."
)
SECOND_NAME_ASK = "What is in `{other}` after an entry of `{one}` has been set?"
STORED_IN_ITSELF = (
    "`{call}` puts its result into `{name}` itself, as its last argument says, so what was in `{name}` before is lost."
)
STORED_IN_ITSELF_ASK = "What is in `{name}` before that line, and what after it?"
NEVER_RUNS = "The loop in line {line} never runs: there is nothing for it to go through."
NEVER_RUNS_RANGE = (
    "The loop in line {line} never runs: its `range` is empty. A `range` counts upwards, unless a third number, its "
    "step, is below 0."
)
NEVER_RUNS_ASK = "What does `list(…)` of what this loop goes through show?"
NEVER_TRUE = "The loop in line {line} never runs: what stands after `while` is false from the start."
NEVER_TRUE_ASK = "Which values has each name there before the first round?"
UNEVEN = (
    "The parts of what becomes one array there have different shapes: a single number beside several, or longer ones "
    "beside shorter ones."
)
UNEVEN_ASK = "Which lines put something in, and is it one thing or several that each of them puts in?"
REPLACED = (
    "`{name} = …` gives the name `{name}` to something else: what was passed in is never used, and is still as it was "
    "when your function ends."
)
REPLACED_ASK = "What did the caller pass in, and which of your lines use it?"
HALF = "The numbers are kept in `float16`, which has only three digits. NumPy's usual type, `float64`, has sixteen."
MORE = Form(
    "more-than-asked",
    "The right value is there, but something else comes with it. Return only what the exercise asks for.",
    LAST_LINE,
)
