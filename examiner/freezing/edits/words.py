"""The hint and the question for each kind of generated mistake, in which {at} and {what} are filled in.

The rank decides which edit is named when several give the same values: the lower the rank, the likelier it is that a
student made that one. A sentence describes the values, so it is true of every answer that gives them.
"""

from __future__ import annotations

from typing import NamedTuple

from backprop.answers.generated import ANYWHERE


class Words(NamedTuple):
    """The rank, the hint and the question of one kind."""

    rank: int
    hint: str
    ask: str


STEPS = "Which line of your code computes {at}, and which of the lesson's formulas should it match?"
BY_HAND = "Work out the smallest case by hand, step by step. Where does your code for {at} first differ?"
FORMULA = ANYWHERE
SHAPES = "What is the right shape for {at}, and what does each row stand for?"
PLAY = "Work through two rounds of the loop on paper: what value does each name have in each round?"

KINDS: dict[str, Words] = {
    # terms and factors
    "sign-missing": Words(1, "In {at}, a minus sign is missing in front of {what}.", FORMULA),
    "not-turned-over": Words(1, "In {at}, True and False are swapped: something is not negated.", BY_HAND),
    "plus-for-minus": Words(1, "In {at}, something is added that should be subtracted.", FORMULA),
    "minus-for-plus": Words(1, "In {at}, something is subtracted that should be added: {what}.", FORMULA),
    "difference-turned": Words(1, "In {at}, a difference is taken the wrong way round: {what} are swapped.",
                               "Which of the two should be subtracted from the other?"),
    "term-missing": Words(2, "In {at}, a term is missing: {what}.", FORMULA),
    "term-twice": Words(5, "In {at}, a term is counted twice: {what}.", FORMULA),
    "only-the-second": Words(3, "In {at}, only one part of a difference is left; {what} is missing.", FORMULA),
    "absolute-difference": Words(3, "In {at}, the sign of a difference is lost: its absolute value is taken.",
                                 "What should happen where the difference is negative?"),
    "times-for-minus": Words(6, "In {at}, two things are multiplied where one should be subtracted from the other.",
                             FORMULA),
    "times-for-plus": Words(4, "In {at}, two things are multiplied that should be added.", FORMULA),
    "plus-for-times": Words(4, "In {at}, two factors are added instead of multiplied: {what}.", FORMULA),
    "minus-for-times": Words(6, "In {at}, two factors are subtracted instead of multiplied: {what}.", FORMULA),
    "factor-missing": Words(1, "In {at}, a factor is missing: {what}.",
                            "Which factors are in the lesson's formula for {at}?"),
    "factor-divides": Words(2, "In {at}, a factor divides instead of multiplying: {what}.", FORMULA),
    "factor-squared": Words(4, "In {at}, a factor appears twice: {what}.",
                            "Which factors are in the lesson's formula for {at}?"),
    "divisor-missing": Words(1, "In {at}, a divisor is missing: {what}.", FORMULA),
    "divisor-part-missing": Words(1, "In {at}, part of the divisor is missing: {what}.", FORMULA),
    "divisor-multiplies": Words(2, "In {at}, a divisor multiplies instead of dividing: {what}.", FORMULA),
    "quotient-turned": Words(3, "In {at}, a fraction is upside down.", FORMULA),
    "divided-twice": Words(3, "In {at}, the same divisor is used twice: {what}.", FORMULA),
    "floor-division": Words(3, "In {at}, `//` cuts off the decimals; `/` keeps them.",
                            "What is `3 // 2`, and what is `3 / 2`?"),
    "minus-for-quotient": Words(6, "In {at}, something is subtracted that should be a divisor.", FORMULA),
    "parentheses": Words(2, "In {at}, the operations run in a different order from the formula: look at the "
                         "parentheses.",
                         "What does Python compute first there? It multiplies and divides before it adds and "
                         "subtracts, and otherwise goes from left to right."),
    # matrix products
    "product-turned": Words(2, "In {at}, the factors of the matrix product are in the wrong order.", SHAPES),
    "elementwise-for-matrix": Words(2, "In {at}, entries are multiplied one by one where a matrix product is needed.",
                                    "How many numbers should be added up in one entry of {at}?"),
    "matrix-for-elementwise": Words(2, "In {at}, there is a matrix product where entries should be multiplied one by "
                                    "one.", "Which shapes meet there, and which shape should come out?"),
    "transpose-extra": Words(3, "In {at}, a factor of the matrix product is transposed and should not be, or the other "
                                "way round: {what}.", SHAPES),
    "transpose-missing": Words(2, "In {at}, a transpose is missing: that of {what}.", SHAPES),
    "product-transposed": Words(4, "In {at}, rows and columns are swapped: you have the transpose.", SHAPES),
    "products-not-summed": Words(5, "In {at}, all the products are kept, as `outer` does, where they should be added "
                                 "up.", SHAPES),
    "product-of-the-first": Words(5, "In {at}, only the first row is used in the matrix product.", SHAPES),
    "first-sample": Words(2, "In {at}, only the first product counts; all of them should be added up.",
                          "Which products does a matrix product add up?"),
    # powers and roots
    "power-missing": Words(1, "In {at}, something is not squared: {what}.", FORMULA),
    "times-for-power": Words(2, "In {at}, something is doubled that should be squared: `**` is the power, `*` the "
                                "product.", "What is `3 * 2`, and what is `3 ** 2`?"),
    "half-for-power": Words(3, "In {at}, something is halved that should be squared.",
                            "What is `3 / 2`, and what is `3 ** 2`?"),
    "absolute-for-square": Words(2, "In {at}, there is an absolute value where there should be a square.", FORMULA),
    "another-power": Words(3, "In {at}, the {what} power is taken instead of the square.", FORMULA),
    "squared-apart": Words(3, "In {at}, the two parts are squared separately; the whole should be squared.",
                           "Is (a − b)² the same as a² − b²?"),
    "squared-the-last": Words(3, "In {at}, only the last part is squared; parentheses around the whole are missing.",
                              "What does `a - b ** 2` square?"),
    "root-missing": Words(1, "In {at}, the square root is missing.", FORMULA),
    "square-for-root": Words(3, "In {at}, the square is taken instead of the root.", FORMULA),
    # functions
    "another-activation": Words(2, "In {at}, a different activation is used: {what}.",
                                "Which activation does the lesson use there?"),
    "slope-for-activation": Words(2, "In {at}, there is a slope where the activation itself should be: {what}.",
                                  "Does the layer pass on the value or the slope?"),
    "another-function": Words(3, "In {at}, a different function is used: {what}.", FORMULA),
    "another-summary": Words(3, "In {at}, the numbers become one by another function: {what}.",
                             "How should all these numbers become one?"),
    "mean-for-sum": Words(1, "In {at}, a mean is taken instead of a sum.",
                          "What does a mean divide by, and does the formula divide by it?"),
    "sum-for-mean": Words(1, "In {at}, a sum is taken instead of a mean.",
                          "If every example appeared twice, should {at} double?"),
    "call-missing": Words(1, "In {at}, a function is not applied: {what}.", FORMULA),
    "called-twice": Words(2, "In {at}, a function is applied twice: {what}.",
                          "Has what you pass in already been through it?"),
    "copy-missing": Words(2, "Two names refer to one and the same array: a change under one name shows under the "
                             "other. `.copy()` makes a second array.",
                          "How many arrays are there, and how many names?"),
    "conversion-missing": Words(4, "In {at}, the result is not converted to the form the exercise asks for.", SHAPES),
    "arguments-exchanged": Words(2, "In {at}, the arguments of a call are swapped: {what}.",
                                 "In what order does the function take its arguments?"),
    "another-of-ours": Words(2, "In {at}, a different function is called: {what}.",
                             "What does each of the two return?"),
    "other-axis": Words(1, "In {at}, the sum or mean runs along the wrong axis.",
                        "What do the rows and the columns stand for? Over which of them should the sum or mean run?"),
    "axis-missing": Words(1, "In {at}, everything is taken together, because no axis is given.", SHAPES),
    "not-summed": Words(2, "In {at}, nothing is added up: a sum is missing.", SHAPES),
    "keepdims-missing": Words(1, "In {at}, an axis is lost; `keepdims=True` keeps it.", SHAPES),
    # slopes
    "another-slope": Words(2, "In {at}, a different slope is used: {what}.",
                           "Which activation does this layer have, and what is its slope?"),
    "another-slope-elsewhere": Words(4, "In {at}, a different slope is used: {what}.",
                                     "Which activation should the slope belong to, and where should it be taken?"),
    "slope-elsewhere": Words(2, "In {at}, the slope is taken in the wrong place: at {what}.",
                             "Where does this layer's activation get its input from?"),
    "slope-with-another": Words(2, "In {at}, the slope is computed with {what}, which is not the value in the formula.",
                                "Does the formula of the slope take what goes into the activation, or what comes out?"),
    "slope-missing": Words(1, "In {at}, the slope of the activation is missing.",
                           "Which factors does the chain rule give you on the way through this layer?"),
    "slope-twice": Words(3, "In {at}, the slope of the activation is counted twice.",
                         "How many times does the signal pass through the activation?"),
    "slope-divides": Words(3, "In {at}, the slope divides instead of multiplying.", FORMULA),
    # names
    "another-name": Words(3, "In {at}, a different name is used than in the formula: {what}.", FORMULA),
    "data-of-the-notebook": Words(3, "In {at}, data from the notebook is used instead of the function's own argument: "
                                     "{what}.", "What should the function return for other data than yours?"),
    # numbers
    "number-written-down": Words(3, "A number is written out where a name should be: {what}.",
                                 "What should happen when the function is called with a different value?"),
    "number-scaled": Words(4, "In {at}, {what}.", FORMULA),
    "count-off": Words(3, "In {at}, a count is off by one: {what}.", "How many should be counted?"),
    "another-number": Words(4, "In {at}, a different number is used than in the formula: {what}.", FORMULA),
    "another-threshold": Words(3, "In {at}, a different threshold is used: {what}.",
                               "Where should the boundary lie?"),
    "compared-with-a-number": Words(2, "In {at}, every answer is compared with {what}; each should be compared with "
                                       "its own correct answer.", "Which samples count as correct there?"),
    "mean-of-all": Words(2, "In {at}, `np.mean` divides by the number of all entries and by nothing else. The "
                            "formula's own divisor is missing: {what}.",
                         "How many entries are there, and what does the formula divide by?"),
    "other-size": Words(2, "In {at}, a different size is used: {what}.",
                        "What do the rows and columns of that array count?"),
    "another-comparison": Words(2, "In {at}, a different comparison is used: {what}.",
                                "What should happen where both sides are equal, and on which side should it be True?"),
    "not-compared": Words(3, "In {at}, nothing is compared: only one of the two sides is left.", BY_HAND),
    "threshold-from-data": Words(3, "In {at}, values are compared with something computed from the data, such as "
                                    "{what}.", "Should the answer for one sample depend on the others?"),
    # indices and ranges
    "whole-array": Words(4, "In {at}, the whole array is used instead of one entry: {what}.", BY_HAND),
    "left-neighbour": Words(2, "In {at}, an index is one too small: {what} is read or written at the left neighbour.",
                            BY_HAND),
    "right-neighbour": Words(2, "In {at}, an index is one too large: {what} is read or written at the right neighbour.",
                             BY_HAND),
    "own-entry": Words(2, "In {at}, the unit's own entry is used instead of its neighbour's: {what}.", BY_HAND),
    "wrong-neighbour": Words(2, "In {at}, the neighbour on the wrong side is used: {what}.", BY_HAND),
    "first-for-all": Words(3, "In {at}, the first entry is used every time: {what}.", BY_HAND),
    "last-for-all": Words(3, "In {at}, the last entry is used every time: {what}.", BY_HAND),
    "other-end": Words(3, "In {at}, the entry at the wrong end is used: {what}.", BY_HAND),
    "sum-so-far": Words(4, "In {at}, all entries so far are added up where a single entry should be used: {what}.",
                        BY_HAND),
    "one-short": Words(1, "A loop is one step short {what}: its last round is missing.",
                       "What is the last value that `range` gives?"),
    "one-too-far": Words(3, "A loop goes one step too far.", "What is the last value that `range` gives?"),
    "starts-late": Words(2, "A loop starts one step too late: its first round is missing.",
                         "What is the first value that `range` gives?"),
    "starts-early": Words(2, "A loop runs one round more than it should: it starts one step too early, where an index "
                             "may count from the other end, or it ends one too late.",
                          "Which are the first and the last round, and what does each of them do?"),
    "runs-once": Words(2, "Only the first round of a loop counts.",
                       "Where does the loop end, and does anything leave it earlier?"),
    "never-runs": Words(3, "What the loop should compute is still as it was before the loop.", PLAY),
    "backwards": Words(2, "A loop goes through its values in the wrong direction.",
                       "Which round needs the result of which other round?"),
    "last-left-out": Words(2, "The last of {what} is left out.", "How many rounds does the loop have?"),
    "first-left-out": Words(2, "The first of {what} is left out.", "How many rounds does the loop have?"),
    "last-unmoved": Words(2, "In {at}, the last entry is still as it was before; it should change like the others.",
                          "How many rounds does the loop have?"),
    "only-the-first": Words(2, "Only the first of {what} is used.", "Does anything leave the loop too early?"),
    "only-the-last": Words(2, "Only the last of {what} is used.", "Is something overwritten in each round?"),
    "pairs-turned": Words(3, "The names for the two parts of each pair are swapped: {what}.",
                          "Which of them comes first?"),
    # lines
    "line-missing": Words(2, "A step is missing: {what} is not there, comes too late, or has no effect.",
                          "Which values should it change, and what are they in your answer?"),
    "nothing-done": Words(1, "Everything is as it was at the start: no line changes it, or what the lines compute is "
                          "lost.",
                          "Which of your lines change something, and does the change last?"),
    "line-twice": Words(2, "Something is done twice, or has twice the effect: {what}.",
                        "How many times should it happen in one round?"),
    "leaves-the-loop": Words(2, "The loop ends in its first round: a `return` or `break` inside it stops it there.",
                             "How far is the line with `return` indented?"),
    "set-for-added": Words(2, "{what} is set to a value that should be added or subtracted: `+=` and `=` differ.",
                           "What was there before, and is it still needed?"),
    "sign-of-the-step": Words(2, "{what} is moved in the wrong direction: `+=` and `-=` are swapped.", BY_HAND),
    "whole-array-stored": Words(3, "All entries of {what} are changed where only one should be.", BY_HAND),
    "neighbour-stored": Words(3, "Each entry of {what} holds the value that belongs to its neighbour.", BY_HAND),
    "overwritten": Words(2, "{what} is overwritten as a whole in each round; only one entry should be set.",
                         "What is left of the earlier rounds?"),
    "added-for-set": Words(3, "In {what}, each value is added to the old one; it should replace it.", PLAY),
    "one-array-for-both": Words(2, "{what} are two names for one array: a change to one shows in the other.",
                                "How many arrays does that line make?"),
    "results-exchanged": Words(2, "Two results are swapped: {what}.",
                               "In what order does the exercise ask for them?"),
    "before-the-loop": Words(2, "{what} runs once, before the loop; it should run in each round.", PLAY),
    "after-the-loop": Words(2, "{what} runs once, after the loop; it should run in each round.", PLAY),
    "moved-in-the-loop": Words(3, "In the loop, {what}. So one line uses a new value where it should use the old one, "
                                  "or an old value where it should use the new one.", PLAY),
    "loops-exchanged": Words(3, "The loops are the wrong way round: the inner one should be the outer one.", PLAY),
    "into-the-inner-loop": Words(2, "Something that should happen once per round happens in every round of the inner "
                                    "loop.", PLAY),
    "another-order": Words(2, "In the loop, the lines are in a different order: {what} comes too early. So one line "
                              "uses a new value where it should use the old one, or an old value where it should use "
                              "the new one.", PLAY),
    "divided-in-each-round": Words(2, "In {at}, the sum so far is divided in each round; it should be divided once, at "
                                      "the end.", PLAY),
    "taken-inside": Words(3, "In {at}, something is inside the parentheses of a function that should come after them: "
                             "{what}.", FORMULA),
    "only-a-part": Words(3, "In {at}, only one part is computed ({what}); the steps after it are missing.", FORMULA),
    "done-twice": Words(2, "Everything is done twice: the second time on the result of the first ({what}).",
                        "How many steps should one call take?"),
    "step-already-taken": Words(3, "You return new weights, after a step of {what} times the slope; the exercise asks "
                                   "for the slopes themselves.", "What does the exercise ask for?"),
    "other-family": Words(2, "In {at}, everything comes from the other layer, or from the other set of data.",
                          "Which names belong to what this line should compute?"),
    "another-coding": Words(2, "In {at}, the two answers are written in a different way: {what}.",
                            "Which two numbers does the exercise ask for?"),
    "all-the-data": Words(3, "In {at}, the mean over all of {what} is taken; the function should use only the one "
                             "example it is given.", "What should the function return for another example?"),
    # what is stored or returned
    "rounded": Words(3, "In {at}, or on the way to it, numbers have only so many decimals: {what}. They are rounded, "
                     "or found in steps of that size. Round only what you print.",
                     "What happens to a small error when later steps build on it?"),
    "clipped": Words(4, "In {at}, or in a step before it, numbers are cut off at ±{what}.",
                     "What should come out for very large numbers?"),
    "extra-factor": Words(4, "In {at}, or in a part of its formula, there is one factor too many: {what}.", FORMULA),
    "extra-divisor": Words(4, "In {at}, or in a part of its formula, there is one divisor too many: {what}.", FORMULA),
    "extra-term": Words(5, "In {at}, or in a part of its formula, there is one term too many: {what}.", FORMULA),
    "value-of-another": Words(3, "In {at}, the value of {what} is stored.", STEPS),
    "returns-another": Words(2, "You return something else: {what}.",
                             "Which of your names holds what the exercise asks for?"),
    "returns-more": Words(3, "You return more than the exercise asks for: {what} as well.",
                          "What does the exercise ask for?"),
    "keys-exchanged": Words(2, "The values of two keys are swapped: {what}.",
                            "Which value belongs under which key?"),
    "stored-twice": Words(3, "Under {what}, the value of another key is stored.",
                          "Which value belongs under which key?"),
    # starts
    "another-draw": Words(2, "In {at}, the starting values are different: {what}.",
                          "Which starting values does the exercise ask for?"),
    "another-scale": Words(2, "The random numbers for {at} have a different scale: {what}.",
                           "How many terms are added up where these numbers are used?"),
    "scale-of-the-other": Words(1, "The random numbers for {at} have the scale of the other weights: {what}.",
                                "How many terms are added up where these numbers are used?"),
    "seed-inside": Words(2, "The seed {what} is set inside the function, so every call draws the same numbers.",
                         "What should happen when the function is called twice?"),
    "drawn-before": Words(3, "Random numbers are drawn and thrown away before the ones that count.",
                          "How many numbers does your function draw in total?"),
    "drawn-in-another-order": Words(2, "The random numbers are drawn in a different order from the one in the "
                                       "exercise.", "Which weights are drawn first?"),
    "drawn-turned": Words(3, "The random numbers for {at} are drawn column by column, or for the transposed shape.",
                          "Which entry of {at} should get the second number that is drawn?"),
    "shape-turned": Words(2, "Rows and columns are swapped in {at}.", SHAPES),
    "flat": Words(2, "In {at}, an axis is lost: the array is flat.", SHAPES),
    "one-for-all": Words(3, "All entries of {at} are the same random number.",
                         "How many numbers should be drawn?"),
    "scalar": Words(2, "In {at}, there is a single number where the exercise asks for an array.", SHAPES),
}  # fmt: skip

VALUE = {
    "wrong-sign": (2, "In {at}, the sign is wrong."),
    "twice": (3, "In {at}, there is a factor 2 too many, or a division by 2 is missing."),
    "halved": (3, "In {at}, there is a factor ½ too many, or a factor 2 is missing."),
    "square-taken": (4, "In {at}, something is squared that should not be."),
    "root-taken": (3, "In {at}, there is a root that should not be there."),
    "absolute-taken": (3, "In {at}, the sign is lost: an absolute value is taken."),
    "sign-only": (
        2,
        "In {at}, all values have the same size, as if only the sign counted, or larger values were cut off.",
    ),
    "whole-numbers": (3, "In {at}, the decimals are cut off: whole numbers are stored."),
    "turned": (3, "In {at}, rows and columns are swapped."),
    "reversed": (3, "In {at}, everything is in reverse order."),
    "flattened": (3, "In {at}, an axis is lost: everything is flattened."),
    "first-only": (3, "In {at}, only the first entry, or the first row, is used."),
    "first-row-only": (3, "In {at}, only the first row is used."),
    "added-up": (3, "In {at}, everything is added up into one number, where each number is needed by itself."),
    "added-up-kept": (6, "In {at}, everything is added up into one number, where each number is needed by itself."),
    "summed-rows": (4, "In {at}, the rows are added up."),
    "averaged": (3, "In {at}, the mean of everything is taken."),
    "averaged-kept": (6, "In {at}, the mean of everything is taken."),
    "largest-only": (4, "In {at}, only the largest entry is used."),
    "in-a-list": (3, "In {at}, the value is inside an extra list or array."),
    "inverse": (4, "In {at}, the value is 1 divided by what it should be."),
    "exponential": (6, "In {at}, there is one exponential too many."),
    "column": (3, "In {at}, the numbers form a column."),
    "row": (3, "In {at}, the numbers form a row."),
    "complement": (4, "In {at}, the value is 1 minus what it should be."),
    "run-together": (6, "In {at}, each entry is the sum of all entries so far."),
    "percent": (3, "In {at}, the value is in percent; the exercise asks for a share between 0 and 1."),
    "normalised": (6, "In {at}, everything is scaled to length 1."),
    "argmax": (3, "In {at}, you have the position of the largest entry (`argmax`)."),
    "argmax-kept": (3, "In {at}, you have the position of the largest entry (`argmax`)."),
    "places": (3, "In {at}, you have the positions where it is true, not an answer for each."),
    "places-of-true": (3, "In {at}, you have the positions where it is true, not an answer for each."),
    "decayed": (4, "In {at}, everything is first made 1 % smaller, as weight decay does."),
    "left-at-zero": (3, "In {at}, everything is 0: nothing is stored there, or something turns it into 0."),
    "bent": (6, "In {at}, there is one tanh too many."),
    "in-a-list-of-one": (4, "In {at}, the value is inside a list."),
}
KINDS |= {f"value-{name}": Words(rank, hint, STEPS) for name, (rank, hint) in VALUE.items()}
KINDS |= {
    f"part-{name}": Words(rank, hint.replace("In {at},", "In one part of {at} ({what}),"), STEPS)
    for name, (rank, hint) in VALUE.items()
}
