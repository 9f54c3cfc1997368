# ruff: noqa: E501 (a sentence a line)
"""Names for the mistakes behind exceptions, by their kind and by what Python and NumPy say."""

from __future__ import annotations

# What Python and NumPy say: the name of the mistake, and a hint and a question, "" where the general ones do.
NAMED: tuple[tuple[str, str, str, str, str], ...] = (
    ("TypeError", "(method|function|type|ufunc|vectorize)' object is not subscriptable|'(builtin_)?(function_or_)?method' "
     "object does not support", "not-called", "Something there is a function, and not its result: the parentheses "
     "after its name are missing, in that line or where its value was taken.", "Which name in that line is a function?"),
    ("TypeError", "unsupported operand type.*'(builtin_)?(function|method)|'(function|method)' and|(function|method)' "
     "object is not iterable", "not-called", "A function is used as if it were a number: after its name, the "
     "parentheses and the arguments are missing.", "Which name in that line is a function, or got one as its value?"),
    ("TypeError", "'generator'", "generator-for-a-list", "What stands in the parentheses there, `… for … in …`, makes its "
     "values one by one, and NumPy cannot work with that. In square brackets it is a list: `[… for … in …]`.",
     "Which parentheses in that line hold a `for`?"),
    ("TypeError", "can't multiply sequence by non-int", "list-for-an-array", "A list or a tuple cannot be multiplied by a "
     "number with decimals. An array can, entry by entry: `np.array(…)` makes one of a list.",
     "Which name in that line is a list or a tuple, and where did it get its value?"),
    ("TypeError", "object is not callable", "called-no-function", "Round parentheses after a name call it as a function, "
     "and this is not one. Use square brackets to read an entry, and `*` to multiply.",
     "What is before the parentheses in that line?"),
    ("TypeError", "boolean negative|boolean subtract", "minus-for-not", "NumPy does not take `-` of True and False. `~` "
     "swaps them, and `!=` compares two of them.", "What do you want to become of True, and what of False?"),
    ("TypeError", "'float' object cannot be interpreted as an integer", "no-whole-number", "A count or a size in that line "
     "has decimals, as `6 / 2` and `1e2` have. `6 // 2` and `100` are whole numbers.", "Which number there counts something?"),
    ("TypeError", "'str'|<U\\d", "text-for-a-number", "Something in that line is text, not a number. Going through a "
     "dictionary, or unpacking it, gives its keys; `d[key]` gives what stands under a key.",
     "Which name in that line is text, and which line gives it its value?"),
    ("TypeError", "ufunc 'bitwise_xor'|for \\^", "caret-for-power", "In Python, `^` is not a power: it combines the bits of "
     "whole numbers. A power is written `**`.", "What does Python give for `3 ^ 2`, and what for `3 ** 2`?"),
    ("TypeError", "Cannot interpret '\\d+' as a data type", "shape-without-parentheses", "`np.zeros` takes one shape, a pair in "
     "parentheses of its own: `np.zeros((2, 3))`. A second argument is taken for the data type.",
     "How many arguments does that call pass: one pair, or two numbers?"),
    ("TypeError", "'[<>]=?' not supported between instances of '(list|tuple|dict)'", "compared-as-a-whole", "A list as a "
     "whole cannot be compared with a number. Compare each of its entries, or one number that you make of them.",
     "How many comparisons does the exercise ask for?"),
    ("TypeError", "is not iterable|over a 0-d array", "loop-over-a-number", "A loop goes through something that is a single "
     "number here. NumPy's own functions work on numbers and on arrays, without a loop.",
     "What does the function receive when it is called with a single number?"),
    ("TypeError", "takes .* but \\d+ (was|were) given|missing \\d+ required positional", "other-number-of-arguments", "", ""),
    ("TypeError", "NoneType", "nothing-to-work-with", "Something in that line is None: either a function it uses ends "
     "without `return`, or a method changes its object and returns nothing.", ""),
    ("ValueError", "inhomogeneous shape|setting an array element with a sequence", "not-unpacked", "Several values of "
     "different shapes are used there as if they were one array. If a function returns several results, unpack them: "
     "`a, b = f(x)`.", "Look at the function whose result is used there. Does it return one value, or several?"),
    ("ValueError", "too many values to unpack", "unpacked-otherwise", "There are more values on the right of that line "
     "than names on its left.", "How many values are there, and what does each of them hold?"),
    ("ValueError", "not enough values to unpack", "unpacked-otherwise", "There are fewer values on the right of that line "
     "than names on its left.", "How many values are there, and what does each of them hold?"),
    ("ValueError", "truth value of an array", "one-answer-for-an-array", "", ""),
    ("ValueError", "matmul|not aligned|broadcast", "shapes-do-not-meet", "", ""),
    ("IndexError", "too many indices", "more-indices-than-axes", "There are more indices in the brackets than the array has "
     "axes.", "What is the shape of the array you index there?"),
    ("IndexError", "", "index-off-the-end", "An index leaves the array: n entries are counted from 0 to n − 1.",
     "Which index in that line is too large, and how many entries are there?"),
    ("KeyError", "", "no-such-key", "", ""),
    ("UnboundLocalError", "", "used-before-set", "", ""),
    ("NameError", "", "name-without-value", "", ""),
    ("AttributeError", "", "no-such-attribute", "", ""),
    ("AxisError", "", "no-such-axis", "", ""),
    ("ZeroDivisionError", "", "divides-by-zero", "", ""),
    ("RecursionError", "", "calls-itself", "", ""),
    ("SystemExit", "", "ends-everything", "", ""),
)  # fmt: skip
