"""Say in plain words what an exception from a student's code means: which line, why, and what to look at.

It judges nothing: whether the answer would have been right is not known.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping

import numpy as np

from ..answers.attempt import REFUSED_CALL, Trouble
from ..answers.handed_out import is_text_of
from ..answers.tables import Exercise
from .finding import Finding
from .forms import ALIKE, UNEVEN, UNEVEN_ASK
from .named_exceptions import NAMED

UNANSWERED = ("NotImplementedError", "NotWrittenYet")
ENDED = "ProcessEnded"  # the kind of trouble where the process with the student's code is no more
PASSED_IN = (
    "Look at the line that calls `{function}`: print each argument there, and its shape. Is each one what the function "
    "expects in that place?"
)
USED_LATER = (
    "The error comes up when `{function}` uses what you return. Print the shape and the type of each part of it."
)
USED_LATER_ASK = "What does that line expect, and what does it get from you?"
PASSED_IN_ASK = "What does each function you call return: one value or several, and in what order?"
WRITTEN_INDEX = (
    "That index is written as a number, and this array is too short for it. Your answer has to work for every length, "
    "including a length of one."
)
ONE_MORE_INDEX = (
    "An index leaves the array: n entries are counted from 0 to n − 1. Where i is n − 1, `i + 1` is n already."
)
ONE_MORE_INDEX_ASK = "For which i does that line fail, and how many entries are there?"
WRITTEN_INDEX_ASK = "How many entries does the indexed array have in this call?"
SEVERAL_INTO_ONE = (
    "That line puts several numbers into one entry. Either the entry or what is on the right has the wrong size."
)
SEVERAL_INTO_ONE_ASK = (
    "What is the shape of what is on the right, and how many numbers does the entry on the left hold?"
)
OF_A_NAME = re.compile(r"\b(array|asarray|vstack|stack|hstack|column_stack|concatenate)\(\w+[,)]")
IMPORTED = ("np", "plt")  # by the cell at the top of every notebook
NOT_IMPORTED = "`{name}` comes from the cell with the imports at the top. It has not run since the notebook was opened."
NOT_IMPORTED_ASK = "Which cells above have no number on their left?"
LIBRARIES = ("math", "random", "scipy", "statistics")
NO_LIBRARY = "`{name}` is a library that the notebook does not import. NumPy, as `np`, has most of what it gives."
NO_LIBRARY_ASK = "Which function of `np` does the same?"
MISSPELT = "There is no `{name}`. There is `{other}`."
MISSPELT_ASK = "Which letters or digits differ?"
LOOKS_LIKE = str.maketrans("lIoO", "1100")  # what looks like something else
HIDES = (
    "Because you assign to `{name}` inside the function, Python takes `{name}` for a name of its own, not for the "
    "one outside. On the right of that line it has no value yet."
)
HIDES_ASK = "Which other name could the result have?"
KEY_WITHOUT_QUOTES = (
    "`{name}` stands in square brackets, and has no value yet. If it is the key of a dictionary, it needs quotation "
    'marks: `["{name}"]`.'
)
KEY_WITHOUT_QUOTES_ASK = "Is it a key of a dictionary, or an index to which a line before should give a value?"
NO_SUCH_AXIS = (
    "The array there has {axes}, counted from 0, so there is no axis {axis}. A second argument may be taken for the "
    "axis, too."
)
NO_SUCH_AXIS_ASK = "What is the shape of the array in that line, and is an axis needed there at all?"
KEY_AFTER_A_DOT = (
    'What is before the dot is a dictionary. `["{name}"]`, in square brackets, gives what stands under that key.'
)
KEY_AFTER_A_DOT_ASK = "Which keys does that dictionary have?"
NOT_IN_MODULE_ASK = "How is the function that you mean spelled?"
PYTHONS_OWN = ("int", "float", "bool", "complex", "object", "str")  # which NumPy had under the same names
OUTSIDE = ("", "<lambda>", "<module>")  # names of frames that are no function of the student's

# By the kind of exception, a hint and a question; shapes, which are the most frequent, are the general case.
MEANS = {
    "KeyError": (
        "The dictionary has no such key. `print(list(d))` shows the keys of a dictionary `d`.",
        "Is the key spelled exactly as it was when the dictionary was made, including capital letters?",
    ),
    "IndexError": (
        "The array has no such index: n entries are numbered from 0 to n − 1.",
        "What is the shape of the array you index there?",
    ),
    "NameError": (
        "A name in that line has no value: it is neither an argument, nor set in a line before, nor defined by a cell "
        "that ran.",
        "Is the name spelled the same in both places, including capital letters?",
    ),
    "UnboundLocalError": (
        "The name has no value yet when that line runs: the line that gives it one comes later, is skipped, or is "
        "missing.",
        "Which line of the function gives this name its first value?",
    ),
    "AttributeError": (
        "The object before the dot has no attribute of that name. Print its `type`.",
        "What kind of object did you expect before the dot?",
    ),
    "TypeError": (
        "Something in that line has a type that does not fit there. Print the `type` of each part.",
        "What kind of value does each name in that line stand for?",
    ),
    "AxisError": (
        "An array with two dimensions has only the axes 0 and 1.",
        "Which of the two should the result no longer have?",
    ),
    "ZeroDivisionError": ("The divisor is 0. Print it just before that line.", "What does the divisor count?"),
    "RecursionError": ("The function calls itself without end.", "Which function did you want to call in that line?"),
    "SystemExit": ("`exit()` ends everything; a function ends with `return`.", "What should the caller receive?"),
}


def explain(trouble: Trouble, exercise: Exercise, exercises: Mapping[str, Exercise], call: str = "") -> Finding:
    """Return what an exception means; hint and question only where it tells them. `call` is what was called."""
    raised = f"nothing: {trouble.kind}: {trouble.message}".removesuffix(": ")
    if trouble.kind == "NotWrittenYet" and trouble.message:
        return Finding(
            "unanswered",
            f"{exercise.name} is not answered yet: no cell you have run gives a value to {trouble.message}.",
            "nothing yet",
            "Use exactly these names in your answer, and run its cell with Shift+Enter.",
            "Which names do your results have in your cell?",
        )
    if trouble.kind in UNANSWERED:
        open_one = next((e for e in exercises.values() if asks_for(e, trouble.function)), exercise)
        return Finding("unanswered", f"{open_one.name} is not answered yet.", "nothing yet")
    if trouble.missing_name:
        home = next((e for e in exercises.values() if asks_for(e, trouble.missing_name)), None)
        if home or trouble.function in OUTSIDE:
            owner = (home or exercise).name
            why = "is not answered, the answer has another name, or its cell did not run to its end"
            but = f"there is no `{trouble.missing_name}` yet: {owner} {why}."
            hint = (
                "Run the cell that defines it with Shift+Enter. Where that cell still says "
                "`raise NotImplementedError()`, replace that with your own code first."
            )
            return Finding(
                "unanswered",
                but,
                "nothing yet",
                hint,
                "Which cells above have no number on their left, or end in an error?",
            )
    if trouble.kind == ENDED:
        return Finding("ended", trouble.message, "nothing")
    if not trouble.called:
        return Finding(
            "arguments", "the function does not take these arguments.", raised, misconception="other-arguments"
        )
    at = f"in {_scope(trouble)}, line {trouble.line_number}: `{trouble.line}`"
    if trouble.kind == "TookTooLong":
        but = f"{trouble.message}, and a right answer takes only a moment."
        return Finding("too slow", but + f" It was {at}" * bool(trouble.line), "nothing", misconception="never-ends")
    but = f"{trouble.kind} {at}" if trouble.line else "there was an error before anything could be returned."
    others = [other for other in exercises.values() if other.key != exercise.key]
    elsewhere = any(asks_for(other, trouble.function) for other in others)
    via, called = _nearest_own_line(trouble, exercise, others) if elsewhere else ("", "")
    if via:
        told = f"{trouble.kind} in {via}. It happened inside `{trouble.function}`: `{trouble.line}`"
        return Finding("exception", told, raised, PASSED_IN.format(function=called), PASSED_IN_ASK)
    if elsewhere and exercise.function:
        return Finding("exception", but, raised, USED_LATER.format(function=trouble.function), USED_LATER_ASK)
    hint, ask = _meaning(trouble)
    name, special, question = ("", "", "") if elsewhere else _named(trouble, exercise, exercises, call)
    return Finding("exception", but, raised, special or hint, question if special else ask, misconception=name)


def misspelt(wanted: str, name: str) -> Finding:
    """Return that what an exercise asks for is there under another name."""
    return Finding(
        "unanswered",
        f"there is no answer under the name `{wanted}`; a cell gives a value to `{name}`.",
        "nothing yet",
        f"The exercise asks for the name `{wanted}`, letter by letter. Is `{name}` your answer? Then rename it.",
        MISSPELT_ASK,
        misconception="misspelt-name",
    )


def stopped(name: str, error: str) -> Finding:
    """Return that the cell that should give a name its value stopped with an error before it did."""
    kind = error.partition(":")[0]
    hint, ask = MEANS.get(kind, ("", ""))
    return Finding(
        "unanswered",
        f"there is no `{name}` yet: the cell that should give it a value stopped with an error: {error}",
        "nothing yet",
        f"Mend that error first; below its cell you see in which line it was. {hint}".rstrip(),
        ask or "Which line of that cell is the last that ran?",
        misconception="cell-stopped",
    )


def _nearest_own_line(trouble: Trouble, exercise: Exercise, others: list[Exercise]) -> tuple[str, str]:
    """Return the last of the calls that led there which is in no other exercise's function, and what it called; "" and
    "" where there is none."""
    lines = trouble.via.splitlines()
    while exercise.function and lines and lines[0].startswith("<"):  # what stands outside of functions is the check
        del lines[0]
    lines = [line.replace("<module>", "your cell", 1) for line in lines]
    called = [*(line.split(",")[0] for line in lines[1:]), trouble.function]
    own = [
        (line, function)
        for line, function in zip(lines, called, strict=False)
        if "given(" not in line  # which only a check calls
        and not any(is_text_of(line.partition(": `")[2].rstrip("`"), other.handed) for other in others)
        and not any(asks_for(other, line.split(",")[0]) for other in others)
    ]
    return own[-1] if own else ("", "")


def _named(trouble: Trouble, exercise: Exercise, exercises: Mapping[str, Exercise], call: str) -> tuple[str, str, str]:
    """Return the name of the mistake behind an exception, with its hint and question, "" where they are the usual."""
    missing = trouble.missing_name
    if missing and missing in re.findall(r"\w+", call.partition("(")[2]):
        return (
            "argument-renamed",
            f"The exercise calls an argument `{missing}`. Your `def` gives it another name; that line does not.",
            "What names do the values of the call have in your function?",
        )
    if missing in IMPORTED:
        return "name-without-value", NOT_IMPORTED.format(name=missing), NOT_IMPORTED_ASK
    if missing == "numpy":
        return "name-without-value", "NumPy is imported as `np`: write `np` for `numpy`.", NO_LIBRARY_ASK
    if missing in LIBRARIES:
        return "name-without-value", NO_LIBRARY.format(name=missing), NO_LIBRARY_ASK
    if key := _key_without_quotes(trouble):
        return "key-without-quotes", KEY_WITHOUT_QUOTES.format(name=key), KEY_WITHOUT_QUOTES_ASK
    known = [word for other in exercises.values() for word in re.findall(r"\w+", other.function)]
    if missing and (
        other := next((one for one in known if one.translate(LOOKS_LIKE) == missing.translate(LOOKS_LIKE)), "")
    ):
        return "name-without-value", MISSPELT.format(name=missing, other=other), MISSPELT_ASK
    if (
        trouble.kind == "IndexError"
        and re.search(r"\[\d+\]", trouble.line)
        and not re.search(r"\[[^\d\]]+\]", trouble.line)
    ):
        return "index-off-the-end", WRITTEN_INDEX, WRITTEN_INDEX_ASK
    if trouble.kind == "IndexError" and "indices" not in trouble.message and re.search(r"\[\w+ ?\+ ?1\]", trouble.line):
        return "index-off-the-end", ONE_MORE_INDEX, ONE_MORE_INDEX_ASK
    if "array element with a sequence" in trouble.message and re.match(r"[\w.]+\[[^=]*\]\s*=[^=]", trouble.line):
        return "several-into-one", SEVERAL_INTO_ONE, SEVERAL_INTO_ONE_ASK
    if "inhomogeneous" in trouble.message and OF_A_NAME.search(trouble.line):
        return "uneven-parts", UNEVEN, UNEVEN_ASK
    if of_a_module := re.match(r"module '(\w+)' has no attribute '(\w+)'", trouble.message):
        return "no-such-attribute", _not_in_module(*of_a_module.groups()), NOT_IN_MODULE_ASK
    if axes := re.search(r"axis (-?\d+) is out of bounds for array of dimension (\d)", trouble.message):
        count = {"0": "no axes", "1": "one axis"}.get(axes[2], f"{axes[2]} axes")
        return "no-such-axis", NO_SUCH_AXIS.format(axis=axes[1], axes=count), NO_SUCH_AXIS_ASK
    of_a_dict = re.match(r"'dict' object has no attribute '(\w+)'", trouble.message)
    if of_a_dict and not any(hasattr(kind, of_a_dict[1]) for kind in (np.ndarray, list, str)):
        return "no-such-attribute", KEY_AFTER_A_DOT.format(name=of_a_dict[1]), KEY_AFTER_A_DOT_ASK
    hidden = re.search(r"variable '(\w+)'", trouble.message) if trouble.kind == "UnboundLocalError" else None
    if hidden and re.match(rf"{hidden[1]}\b[^=]*=.*\b{hidden[1]}\(", trouble.line):
        return "used-before-set", HIDES.format(name=hidden[1]), HIDES_ASK
    for kind, says, name, hint, ask in NAMED:
        if trouble.kind == kind and re.search(says, trouble.message):
            return name, hint, ask
    return "", "", ""


def _key_without_quotes(trouble: Trouble) -> str:
    """Return a name without a value that stands alone in square brackets, and is longer than that of an index."""
    hidden = re.search(r"variable '(\w+)'", trouble.message) if trouble.kind == "UnboundLocalError" else None
    name = trouble.missing_name or (hidden[1] if hidden else "")
    return name if len(name) > 1 and re.search(rf"[\w\])]\[{name}\]", trouble.line) else ""


def _not_in_module(module: str, name: str) -> str:
    """Say that a module has nothing of that name, and what it has of nearly the same."""
    shown = "np" if module == "numpy" else module
    if module == "numpy" and name in PYTHONS_OWN:
        return f"`np` no longer has `{name}`. Python's own `{name}` does the same."
    has = [one for one in dir({"numpy": np, "math": math}.get(module)) if not one.startswith("_")]
    near = [one for one in has if one.lower() == name.lower()] or difflib.get_close_matches(name, has, 1, ALIKE)
    return f"`{shown}` has no `{name}`.{f' It has `{shown}.{near[0]}`.' if near else ''}"


def bound_by_line(line: str) -> str:
    """Return the name to which a line of source gives a value, without what is before its dot or in its brackets."""
    bound = re.match(r"(?:[\w.]+\.)?(\w+)(?:\[[^=]*\])?\s*[-+*/@]?=[^=]", line)
    return bound[1] if bound else ""


def asks_for(exercise: Exercise, name: str) -> bool:
    """Say whether an exercise asks for `name`: it may ask for several, "predict, errors", or a method, "Net.train"."""
    return name in re.findall(r"\w+", exercise.function)


def _scope(trouble: Trouble) -> str:
    if trouble.function == "<lambda>":
        return "the call"
    return "your cell" if trouble.function in OUTSIDE else trouble.function


def _refused(message: str) -> str:
    """Say which arguments a call lacks, or how many it passes, as far as Python says so."""
    lacks = re.match(r"(\w+)\(\) missing \d+ required positional arguments?: (.*)", message)
    takes = re.match(r"(\w+)\(\) takes (\d+) positional arguments? but (\d+) w", message)
    if lacks:
        return f"The call of `{lacks[1]}` in that line gives no value for {lacks[2].replace(chr(39), '`')}."
    if takes:
        return f"The call of `{takes[1]}` in that line passes {takes[3]} arguments, and the function takes {takes[2]}."
    return "The call in that line passes more or fewer arguments than the function takes."


def _meaning(trouble: Trouble) -> tuple[str, str]:
    """Return a hint and a question for the sentences of NumPy and Python that learners ask about most, or ""."""
    sizes = re.search(r"\(size (\d+) is different from (\d+)\)", trouble.message)
    if sizes:
        right, left = sizes.groups()
        return (
            f"In a matrix product, the left factor needs as many columns as the right one has rows; here there are "
            f"{left} columns and {right} rows. Either a line before has given one of them another shape than you "
            "expect, or it needs its transpose here, or it should be a product entry by entry.",
            "Print both shapes: which of them is another than you expect?",
        )
    aligned = re.search(r"shapes (\(.*?\)) and (\(.*?\)) not aligned", trouble.message)
    broadcast = re.search(r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))", trouble.message)
    if clash := aligned or broadcast:
        one, other = clash.groups()
        meet = "be multiplied as matrices" if aligned else "be combined entry by entry"
        # Beside a sum or a difference, it need not be the product that fails.
        only_product = not re.search(r"[\w)\]] ?[-+]=? ?[\w(]", trouble.line)
        product = bool(broadcast and only_product and re.search(r"[\w)\]] ?\* ?[\w(]", trouble.line))
        told = " `*` works entry by entry; a matrix product is `@`." * product
        return f"Shapes {one} and {other} cannot {meet}.{told} Which of the two did you expect to be different?", ""
    if "'tuple' object cannot be interpreted as an integer" in trouble.message:
        return (
            "Pass the sizes one by one, without extra parentheses: `f(2, 3)`, not `f((2, 3))`.",
            "How many arguments does that call pass: one pair, or two numbers?",
        )
    if "truth value of an array" in trouble.message:
        return (
            "`if`, `and` and Python's `max` need one True or False, but comparing an array gives one for each entry. "
            "Work with the whole array: True counts as 1, False as 0, and `np.maximum` takes the larger of each two.",
            "How many comparisons does that line make?",
        )
    if REFUSED_CALL.search(trouble.message):
        of_a_method = " The first argument of a method is `self`, which you do not write in the call."
        return (
            _refused(trouble.message) + of_a_method * bool(re.search(r"\w\.\w+\(\)", trouble.message)),
            "What is in the parentheses after `def`, and what is in those of the call?",
        )
    if trouble.message.startswith("only integers, slices"):
        return (
            "An array is indexed with whole numbers; names in brackets are for dictionaries.",
            "What type is the object before the brackets?",
        )
    return MEANS.get(trouble.kind, ("", ""))
