"""What the text of an answer must hold for a generated mistake to be named, by its kind and by what is said of it.

Patterns are searched in the code without comments, as `ast.unparse` writes it. Each is meant to hold for every answer
that makes the mistake, in whatever way; a test tries it on every third of the edits that freezing makes of the course's
solutions.
"""

from __future__ import annotations

import re

POWER, ROOT = r"\*\*|pow|square", r"sqrt|\*\* ?\(?(0?\.5|1 ?/ ?2)|pow|norm|hypot|std"
PRODUCT = r"@|dot|matmul|einsum|inner|multi_dot|tensordot|vdot"
ADDED, AVERAGED = rf"sum|\+=|\+|{PRODUCT}", r"mean|average|/"
LOOP = r"\b(for|while)\b"
CUT = r"round|around|rint|trunc|floor|ceil|\bint\b|//|format|:\.\d|decimal|Decimal|%"
WHOLE = r"\bint(\d+|eger)?\b|astype|//|round|rint|trunc|floor|ceil|_like|full|(?<![\w)\]])\[0[\],]"
BOUND = r"clip|min|max|where|[<>]"
COMPARED = r"[<>=]=|<|>|\bnot\b|~|!=|round|\bint\b|greater|less|equal|heaviside|sign|isclose"
PLACE = r"\[|take|next\(|return|break|item"
TAKEN = r"[\w)]\[|take|next\(|break|item"
DRAWN = r"rand|normal|uniform|choice|rng|seed"

# By kind of mistake: what the text must hold, as a pattern.
NEEDED = {
    "absolute-difference": r"abs|sqrt|max|norm",
    "absolute-for-square": r"abs|sqrt|norm",
    "after-the-loop": LOOP,
    "another-order": LOOP,
    "another-power": rf"{POWER}|{ROOT}|cbrt",
    "another-scale": DRAWN,
    "backwards": LOOP,
    "before-the-loop": LOOP,
    "clipped": BOUND,
    "compared-with-a-number": COMPARED,
    "count-off": r"[-+] ?1|ddof|\[1:|:-1\]|range\(1",
    "divided-in-each-round": LOOP,
    "drawn-before": DRAWN,
    "drawn-in-another-order": DRAWN,
    "elementwise-for-matrix": r"\*|multiply",
    "first-for-all": r"\[0",
    "first-sample": PLACE,
    "floor-division": r"//|floor|\bint\b",
    "half-for-power": r"/ ?2|0?\.5|sqrt",
    "into-the-inner-loop": LOOP,
    "last-for-all": r"\[-1|- ?1\]",
    "leaves-the-loop": LOOP,
    "loops-exchanged": LOOP,
    "matrix-for-elementwise": PRODUCT,
    "mean-for-sum": AVERAGED,
    "mean-of-all": r"mean|average",
    "moved-in-the-loop": LOOP,
    "one-for-all": r"rand|\*|full",
    "one-short": LOOP,
    "one-too-far": LOOP,
    "overwritten": LOOP,
    "product-of-the-first": PLACE,
    "products-not-summed": r"outer|None|newaxis|multiply|\*",
    "quotient-turned": r"/",
    "returns-more": r",|\[",
    "rounded": CUT,
    "runs-once": LOOP,
    "scale-of-the-other": DRAWN,
    "seed-inside": r"seed|RandomState|default_rng",
    "slope-divides": r"/|\*\* ?-|divide",
    "square-for-root": rf"{POWER}|\*",
    "squared-apart": rf"{POWER}|\*",
    "squared-the-last": rf"{POWER}|\*",
    "starts-early": LOOP,
    "starts-late": LOOP,
    "sum-for-mean": ADDED,
    "sum-so-far": r"sum|\+=|accumulate|\[:",
    "threshold-from-data": r"mean|median|max|min|average|sum",
    "times-for-minus": r"\*|multiply|dot|prod",
    "times-for-plus": r"\*|multiply|dot|prod",
    "times-for-power": r"\* ?2|2 ?\*|\+",
    "transpose-missing": PRODUCT,
    "absolute-taken": r"abs|sqrt|max|norm|if |where",
    "added-up": ADDED,
    "added-up-kept": ADDED,
    "argmax": r"argmax|index|max|sort|where|[<>]",
    "argmax-kept": r"argmax|index|max|sort|where|[<>]",
    "averaged": AVERAGED,
    "averaged-kept": AVERAGED,
    "bent": r"tanh|exp",
    "complement": r"1(\.0)? ?-|-|not|~|[<>]|if |where",
    "decayed": r"0?\.99|0?\.01|1e-0?2|/ ?100",
    "exponential": r"exp|\*\*|\be\b",
    "first-only": TAKEN,
    "first-row-only": TAKEN,
    "inverse": r"/|\*\* ?-|reciprocal|power",
    "largest-only": r"max|sort",
    "normalised": r"norm|/",
    "percent": r"100",
    "places": r"where|nonzero|index|enumerate|range",
    "places-of-true": r"where|nonzero|index|enumerate|range",
    "root-taken": ROOT,
    "run-together": r"cumsum|\+=|accumulate|\[:|\+",
    "sign-only": rf"sign|norm|abs|{BOUND}",
    "square-taken": rf"{POWER}|\*|{PRODUCT}|var",
    "summed-rows": ADDED,
    "whole-numbers": WHOLE,
}  # fmt: skip

# By what is said to be at work, in words.
SAID = {
    "ReLU": rf"maximum|relu|max|abs|rectified|{BOUND}",
    "ReLU capped at 1": BOUND,
    "leaky ReLU": rf"relu|{BOUND}|\*",
    "step": rf"[<>]|sign|heaviside|if |round|{CUT}",
    "a sign": r"sign|abs|if |[<>]|where",
    "a step": rf"[<>]|sign|heaviside|if |{CUT}|relu|rectified",
    "a leaky step": rf"relu|rectified|{BOUND}|if ",
    "the ReLU": rf"relu|rectified|{BOUND}|if |abs",
    "softmax": r"exp|softmax",
    "sigmoid": r"exp|sigmoid|expit|tanh",
    "2σ − 1, between −1 and 1": r"exp|sigmoid|expit|tanh",
    "tanh": r"tanh|exp|sinh",
    "tan": r"tan\b",
    "absolute value": r"abs|sqrt|max|if |where",
    "arctan": r"arctan|atan",
    "sine": r"sin\b",
    "tanh instead of its slope": r"tanh|a1|A1|\ba\b|\bf\b",
    "1 / sinh²": r"sinh|exp|tanh",
    "zeros": r"zeros|\* ?0|0(\.0)? ?\*|full|_like|\b0(\.0)?\b",
    "ones": r"ones|full|\b1(\.0)?\b",
    "uniform": r"uniform|rand\(|random\(|sample",
    "whole numbers": r"randint|integers|choice|round|int\b|arange|floor",
    "absolute values": r"abs|sqrt|\*\*",
}

SLOPE_AT = r"\(([\w.]+\.)?{0}(\[[^\]]{{0,80}}\])?\)|\b{0}(\[[^\]]{{0,80}}\])? ?[*<>]|(1(\.0)? ?-|\*) ?{0}\b"
# Kinds whose `what` begins with what stands in the answer, as a name: "`x`", "`x` for `y`".
WITH_A_NAME = ("another-name", "data-of-the-notebook", "value-of-another", "returns-another", "returns-more",
               "extra-factor", "extra-divisor", "extra-term", "another-of-ours", "all-the-data",
               "another-slope-elsewhere", "another-function", "another-summary",
               "threshold-from-data")  # fmt: skip
READ_THERE = ("another-name", "extra-factor", "extra-divisor", "extra-term")  # by the lines that bind what is told
CALLED_THERE = ("another-summary", "another-function")  # by these, or by lines that bind what they read
WITH_A_NUMBER = ("another-number", "number-written-down", "another-threshold", "clipped", "compared-with-a-number",
                 "step-already-taken", "seed-inside", "another-scale")  # fmt: skip
OTHER_WAYS = {
    "square": rf"{POWER}|\*",
    "exp": r"exp|\be\b|\*\*",
    "exp2": r"exp2|\b2(\.0)? ?\*\*",
    "max": r"max|sort|[<>]",
    "min": r"min|sort|[<>]",
    "prod": r"prod|\*|multiply",
    "std": r"std|var|sqrt",
    "all": r"all|and|min|prod|==",
    "median": r"median|sort|percentile|quantile",
    "mean": AVERAGED,
    "log": r"log",
}
# One array under two names: a name, a slice, a transpose or the like, with nothing computed.
SAME = r"[^\W\d][\w.]*(?:\[:\]|\[['\"]\w+['\"]\])?"
COPIED = re.compile(rf"(?m)^[ \t]*[\w., ]+ = \(?{SAME}(?:, {SAME})*\)?$|asarray|ravel|view|reshape")
SCALED = {"in percent": r"100", "squared": rf"{POWER}|\*", "inverted": r"/|\*\* ?-", "subtracted from 1": r"1(\.0)? ?-",
          "under a square root": ROOT, "doubled": r"\b2(\.0)?\b|\+", "halved": r"\b2(\.0)?\b|0?\.5",
          "shrinks": LOOP}  # fmt: skip
