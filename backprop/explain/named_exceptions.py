# ruff: noqa: E501 (a sentence a line)
"""Names for the mistakes behind exceptions, by their kind and by what Python and NumPy say."""

from __future__ import annotations

# What Python and NumPy say: the name of the mistake, and a hint and a question, "" where the general ones do.
NAMED: tuple[tuple[str, str, str, str, str], ...] = (
    ("TypeError", "(method|function|type|ufunc|vectorize)' object is not subscriptable|'(builtin_)?(function_or_)?method' "
     "object does not support", "not-called", "A function stands there that was never called: the parentheses after its "
     "name are missing.", "Which name in that line is a function?"),
    ("TypeError", "unsupported operand type.*'(builtin_)?(function|method)|'(function|method)' and|(function|method)' "
     "object is not iterable", "not-called", "A function is used as if it were a number: the parentheses after its name "
     "are missing, and what it is called with.", "Which name in that line is a function?"),
    ("TypeError", "object is not callable", "called-no-function", "Round parentheses after a name call it as a function, "
     "and this is none. Entries are read with square brackets; between two factors stands `*`.",
     "What stands before the parentheses in that line?"),
    ("TypeError", "ufunc 'bitwise_xor'|for \\^", "caret-for-power", "In Python `^` is no power: it combines the bits of "
     "whole numbers. A power is written `**`.", "What does Python say to `3 ^ 2`, and what to `3 ** 2`?"),
    ("TypeError", "Cannot interpret '\\d+' as a data type", "shape-without-parentheses", "`np.zeros` wants one shape, a pair in "
     "parentheses of its own: `np.zeros((2, 3))`. A second argument is taken for a type of numbers.",
     "How many arguments does that call give: one pair, or two numbers?"),
    ("TypeError", "is not iterable|over a 0-d array", "loop-over-a-number", "A loop goes through something that is one "
     "number here. NumPy's own functions take numbers and arrays alike, without a loop.",
     "What does the function get when it is called with a single number?"),
    ("TypeError", "takes .* but \\d+ (was|were) given|missing \\d+ required positional", "other-number-of-arguments", "", ""),
    ("TypeError", "NoneType", "nothing-to-work-with", "Something in that line is None: a function that it relies on ends "
     "without `return`, or a method changes its object and returns nothing.", ""),
    ("ValueError", "inhomogeneous shape|setting an array element with a sequence", "not-unpacked", "Several values of "
     "different shapes meet there as if they were one array. A function that returns several results is unpacked: "
     "`a, b = f(x)`.", "What does the function return whose result is used there: one value, or several?"),
    ("ValueError", "too many values to unpack|not enough values to unpack", "unpacked-otherwise", "On the left of that line "
     "stand more names than there are values on the right, or fewer.", "How many values come back there?"),
    ("ValueError", "truth value of an array", "one-answer-for-an-array", "", ""),
    ("ValueError", "matmul|not aligned|broadcast", "shapes-do-not-meet", "", ""),
    ("IndexError", "too many indices", "more-indices-than-axes", "There are more indices in the brackets than the array has "
     "axes.", "What is the shape of what is indexed there?"),
    ("IndexError", "", "index-off-the-end", "An index leaves the array: n entries are counted from 0 to n − 1. In the last "
     "round of a loop to n, `i + 1` is n already, and in one to n + 1 so is `i`.",
     "Which index does the last round use, and how many entries are there?"),
    ("KeyError", "", "no-such-key", "", ""),
    ("UnboundLocalError", "", "used-before-set", "", ""),
    ("NameError", "", "name-without-value", "", ""),
    ("AttributeError", "", "no-such-attribute", "", ""),
    ("AxisError", "", "no-such-axis", "", ""),
    ("ZeroDivisionError", "", "divides-by-zero", "", ""),
    ("RecursionError", "", "calls-itself", "", ""),
    ("SystemExit", "", "ends-everything", "", ""),
)  # fmt: skip
