# ruff: noqa: E501 (a sentence a line)
"""What is said of each kind of generated mistake: a hint and a question, in which {at} and {what} are filled in.

The rank says which of several edits that give the same values is named: the lower, the more a student is likely to have
made that one. A sentence says what the values are, which is true of every answer that gives them.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The words of a kind."""

    rank: int
    hint: str
    ask: str


STEPS = "Which line of yours computes {at}, and which row of the lesson's formulas does it stand for?"
BY_HAND = "What comes out for {at} if you do the smallest case by hand?"
FORMULA = "Which formula of the lesson is computed there? Read yours against it, letter by letter."
SHAPES = "Which shape should {at} have, and what do its rows stand for?"
PLAY = "Play two rounds of the loop on paper: what has each name in each of them?"

KINDS: dict[str, Words] = {
    # terms and factors
    "sign-missing": Words(1, "In {at}, a minus sign is missing, before {what}.", FORMULA),
    "not-turned-over": Words(1, "In {at}, nothing is turned over: True and False stand the other way round.", BY_HAND),
    "plus-for-minus": Words(1, "In {at}, something is added that should be subtracted.", FORMULA),
    "minus-for-plus": Words(1, "In {at}, something is subtracted that should be added: {what}.", FORMULA),
    "difference-turned": Words(1, "In {at}, a difference is taken the other way round: {what} have changed places.",
                               "Which of the two should be subtracted from which?"),
    "term-missing": Words(2, "In {at}, a term is missing: {what}.", FORMULA),
    "term-twice": Words(5, "In {at}, a term counts twice: {what}.", FORMULA),
    "only-the-second": Words(3, "In {at}, only a part of the difference is left; {what} is missing.", FORMULA),
    "absolute-difference": Words(3, "In {at}, the sign of a difference is lost: the absolute value was taken.",
                                 "What should happen where the difference is negative?"),
    "times-for-minus": Words(6, "In {at}, two things are multiplied where one should be subtracted.", FORMULA),
    "times-for-plus": Words(4, "In {at}, two things are multiplied that should be added.", FORMULA),
    "plus-for-times": Words(4, "In {at}, two factors are added where they should be multiplied: {what}.", FORMULA),
    "minus-for-times": Words(6, "In {at}, two factors are subtracted where they should be multiplied: {what}.", FORMULA),
    "factor-missing": Words(1, "In {at}, a factor is missing: {what}.", "Which factors does {at} have in the lesson?"),
    "factor-divides": Words(2, "In {at}, something divides that should multiply: {what}.", FORMULA),
    "factor-squared": Words(4, "In {at}, a factor stands twice: {what}.", "Which factors does {at} have in the lesson?"),
    "divisor-missing": Words(1, "In {at}, a division is missing: by {what}.", FORMULA),
    "divisor-part-missing": Words(1, "In {at}, a part of the divisor is missing: {what}.", FORMULA),
    "divisor-multiplies": Words(2, "In {at}, something multiplies that should divide: {what}.", FORMULA),
    "quotient-turned": Words(3, "In {at}, a quotient is upside down.", FORMULA),
    "divided-twice": Words(3, "In {at}, something divides twice: {what}.", FORMULA),
    "floor-division": Words(3, "In {at}, `//` cuts off the decimals; `/` keeps them.", "What is 3 // 2, and what 3 / 2?"),
    "minus-for-quotient": Words(6, "In {at}, something is subtracted that should divide.", FORMULA),
    "parentheses": Words(2, "In {at}, the operations run in another order than the formula's: look at the parentheses.",
                         "What does Python compute first there? Products and quotients come before sums, and from left "
                         "to right."),
    # matrix products
    "product-turned": Words(2, "In {at}, the factors of the matrix product stand in the other order.", SHAPES),
    "elementwise-for-matrix": Words(2, "In {at}, entries are multiplied one by one where a matrix product is meant.",
                                    "How many numbers should be added up in one entry of {at}?"),
    "matrix-for-elementwise": Words(2, "In {at}, a matrix product stands where entries should be multiplied one by one.",
                                    "Which shapes meet there, and which should come out?"),
    "transpose-extra": Words(3, "In {at}, a factor of the matrix product is transposed that should stay as it is, or the "
                                "other way round: {what}.", SHAPES),
    "transpose-missing": Words(2, "In {at}, a transpose is missing: that of {what}.", SHAPES),
    "product-transposed": Words(4, "In {at}, rows and columns are exchanged: it is the transpose.", SHAPES),
    "products-not-summed": Words(5, "In {at}, all products are kept (`outer`) that should be added up.", SHAPES),
    "product-of-the-first": Words(5, "In {at}, only the first row takes part in the matrix product.", SHAPES),
    "first-sample": Words(2, "In {at}, only the first of the products counts; all should be added up.",
                          "Over what does the matrix product add up?"),
    # powers and roots
    "power-missing": Words(1, "In {at}, nothing is squared: {what}.", FORMULA),
    "times-for-power": Words(2, "In {at}, something is doubled that should be squared: `**` is the power, `*` the "
                                "product.", "What is 3 * 2, and what 3 ** 2?"),
    "half-for-power": Words(3, "In {at}, something is halved that should be squared.", "What is 3 / 2, and what 3 ** 2?"),
    "absolute-for-square": Words(2, "In {at}, the absolute value is taken where the square should be.", FORMULA),
    "another-power": Words(3, "In {at}, the {what} power is taken where the square should be.", FORMULA),
    "squared-apart": Words(3, "In {at}, both parts are squared before they meet; it is the whole that should be squared.",
                           "Is (a − b)² the same as a² − b²?"),
    "squared-the-last": Words(3, "In {at}, only the last part is squared; parentheses around the whole are missing.",
                              "What does `a - b ** 2` square?"),
    "root-missing": Words(1, "In {at}, the square root is missing.", FORMULA),
    "square-for-root": Words(3, "In {at}, the square is taken where the root should be.", FORMULA),
    # functions
    "another-activation": Words(2, "In {at}, another activation is at work: {what}.",
                                "Which activation does the lesson use there?"),
    "slope-for-activation": Words(2, "In {at}, a slope stands where the activation itself should: {what}.",
                                  "Is it the value or the slope that the layer hands on?"),
    "another-function": Words(3, "In {at}, another function is used: {what}.", FORMULA),
    "another-summary": Words(3, "In {at}, another way to make one number of many is used: {what}.",
                             "What should become of all the numbers there?"),
    "mean-for-sum": Words(1, "In {at}, a mean is taken where a sum should be.",
                          "By which number does a mean divide, and does the formula divide by it?"),
    "sum-for-mean": Words(1, "In {at}, a sum is taken where a mean should be.",
                          "If all examples came twice, should {at} double?"),
    "call-missing": Words(1, "In {at}, a function is not applied: {what}.", FORMULA),
    "called-twice": Words(2, "In {at}, a function is applied twice: {what}.",
                          "Has what goes in there already been through it?"),
    "copy-missing": Words(2, "Two names stand for one and the same array there: a change under one name shows under the "
                             "other. `.copy()` makes a second one.", "How many arrays are there, and how many names?"),
    "conversion-missing": Words(4, "In {at}, the result is not converted to the form that is asked for.", SHAPES),
    "arguments-exchanged": Words(2, "In {at}, the arguments of a call have changed places: {what}.",
                                 "In which order does the function take its arguments?"),
    "another-of-ours": Words(2, "In {at}, another function is called: {what}.", "What does each of the two return?"),
    "other-axis": Words(1, "In {at}, the sum or mean runs along the other axis.",
                        "What do the rows stand for, and what the columns? Over which of them should be added?"),
    "axis-missing": Words(1, "In {at}, everything is taken together, since no axis is named.", SHAPES),
    "not-summed": Words(2, "In {at}, nothing is added up: a sum is missing.", SHAPES),
    "keepdims-missing": Words(1, "In {at}, an axis is lost: `keepdims=True` keeps it.", SHAPES),
    # slopes
    "another-slope": Words(2, "In {at}, another slope is used: {what}.",
                           "Which activation does this layer have, and what is its slope?"),
    "another-slope-elsewhere": Words(4, "In {at}, the slope is another one: {what}.",
                                     "Of which activation is the slope, and at which array is it taken?"),
    "slope-elsewhere": Words(2, "In {at}, the slope is taken at another place: at {what}.",
                             "Where does the activation of this layer take its input from?"),
    "slope-missing": Words(1, "In {at}, the slope of the activation is missing.", "Which links does the chain rule have "
                           "on the way through this layer?"),
    "slope-twice": Words(3, "In {at}, the slope of the activation counts twice.", "How often does the signal pass it?"),
    "slope-divides": Words(3, "In {at}, the slope divides where it should multiply.", FORMULA),
    # names
    "another-name": Words(3, "In {at}, another name is used than the formula's: {what}.", FORMULA),
    "data-of-the-notebook": Words(3, "In {at}, data of the notebook is used where the function's own argument should be: "
                                     "{what}.", "What should the function say about other data than yours?"),
    # numbers
    "number-written-down": Words(3, "In {at}, a number is written down where a name should stand: {what}.",
                                 "What should happen when the function is called with another one?"),
    "number-scaled": Words(4, "In {at}, {what}.", FORMULA),
    "count-off": Words(3, "In {at}, a count is off by one: {what}.", "How many are there to be counted?"),
    "another-number": Words(4, "In {at}, another number stands than in the formula: {what}.", FORMULA),
    "another-threshold": Words(3, "In {at}, another threshold is used: {what}.", "Where should the border lie?"),
    "compared-with-a-number": Words(2, "In {at}, every answer is compared with {what}, where each should be compared with "
                                       "its own right one.", "Which samples count as right there?"),
    "mean-of-all": Words(2, "In {at}, `np.mean` divides by all entries, and by nothing else: {what} is missing, and so "
                            "is the right count.", "How many entries are there, and by which number does the formula "
                            "divide?"),
    "other-size": Words(2, "In {at}, another size is read: {what}.", "What do rows and columns of that array count?"),
    "another-comparison": Words(2, "In {at}, the comparison is another one: {what}.",
                                "What should happen where both sides are equal, and on which side lies True?"),
    "not-compared": Words(3, "In {at}, nothing is compared: of both sides only one is left.", BY_HAND),
    "threshold-from-data": Words(3, "In {at}, another right side is compared with, as {what} of the data would be.",
                                 "Should the answer for one sample depend on the others?"),
    # indices and ranges
    "whole-array": Words(4, "In {at}, the whole array is used where one entry should be: {what}.", BY_HAND),
    "left-neighbour": Words(2, "In {at}, an index is one too small: {what} is read or written at the left neighbour.",
                            BY_HAND),
    "right-neighbour": Words(2, "In {at}, an index is one too large: {what} is read or written at the right neighbour.",
                             BY_HAND),
    "own-entry": Words(2, "In {at}, the unit's own entry is used where its neighbour's should be: {what}.", BY_HAND),
    "wrong-neighbour": Words(2, "In {at}, the neighbour on the wrong side is used: {what}.", BY_HAND),
    "first-for-all": Words(3, "In {at}, the first entry is used for all: {what}.", BY_HAND),
    "last-for-all": Words(3, "In {at}, the last entry is used for all: {what}.", BY_HAND),
    "other-end": Words(3, "In {at}, the entry at the other end is used: {what}.", BY_HAND),
    "sum-so-far": Words(4, "In {at}, everything up to there is added up where one entry should be: {what}.", BY_HAND),
    "one-short": Words(1, "A loop is one step short {what}: its last round is missing.",
                       "What is the last value that `range` gives?"),
    "one-too-far": Words(3, "A loop runs one step too far.", "What is the last value that `range` gives?"),
    "starts-late": Words(2, "A loop starts one step too late: its first round is missing.",
                         "What is the first value that `range` gives?"),
    "starts-early": Words(2, "A loop starts one step too early, at an entry that is reached from the other end, or set "
                             "before.", "Which entry does the first round read, and what stands there?"),
    "runs-once": Words(2, "Only the first round of a loop is kept.", "Where does the loop end, and does anything leave "
                       "it before?"),
    "never-runs": Words(3, "What the loop should compute is left as it was before.", PLAY),
    "backwards": Words(2, "A loop goes through its values in the other direction.",
                       "Which round needs the result of which?"),
    "last-left-out": Words(2, "The last of {what} is left out.", "How many rounds does the loop have?"),
    "first-left-out": Words(2, "The first of {what} is left out.", "How many rounds does the loop have?"),
    "last-unmoved": Words(2, "In {at}, the last entry is as it was before; it should move like the others.",
                          "How many rounds does the loop have?"),
    "only-the-first": Words(2, "Only the first of {what} is used.", "Does anything leave the loop too early?"),
    "only-the-last": Words(2, "Only the last of {what} is used.", "Is something overwritten in each round?"),
    "pairs-turned": Words(3, "The two parts of each pair have changed names: {what}.", "Which of them comes first?"),
    # lines
    "line-missing": Words(2, "Something is not done: {what} has no effect.", "What happens to what it computes?"),
    "nothing-done": Words(1, "Nothing has happened: no line has an effect, and all is as it was at the start.",
                          "Which lines of yours change something, and does it last?"),
    "line-twice": Words(2, "Something is done twice: {what}.", "How often should it happen in one round?"),
    "leaves-the-loop": Words(2, "The loop is left in its first round: a `return` or `break` inside it ends it there.",
                             "How far is the line with `return` indented?"),
    "set-for-added": Words(2, "{what} is set to a value that should be added or subtracted: `+=` and `=` differ.",
                           "What was there before, and is it still needed?"),
    "sign-of-the-step": Words(2, "{what} is moved in the other direction: `+=` and `-=` have changed places.", BY_HAND),
    "whole-array-stored": Words(3, "All entries of {what} are changed where one should be.", BY_HAND),
    "neighbour-stored": Words(3, "Each entry of {what} holds what belongs to its neighbour.", BY_HAND),
    "overwritten": Words(2, "{what} is overwritten as a whole in each round; only one entry should be set.",
                         "What is left of the rounds before?"),
    "added-for-set": Words(3, "Values are added up in {what} that should be set.", PLAY),
    "one-array-for-both": Words(2, "{what} are two names of one array: what goes into one shows in the other.",
                                "How many arrays does that line make?"),
    "results-exchanged": Words(2, "Two results have changed places: {what}.", "In which order are they asked for?"),
    "before-the-loop": Words(2, "{what} runs before the loop, once; it should run in each round.", PLAY),
    "after-the-loop": Words(2, "{what} runs after the loop, once; it should run in each round.", PLAY),
    "moved-in-the-loop": Words(3, "In the loop, {what}: so one line works with a new value where it should have the old "
                                  "one, or with an old one where it should have the new.", PLAY),
    "loops-exchanged": Words(3, "The loops stand the other way round: the inner one should be the outer one.", PLAY),
    "into-the-inner-loop": Words(2, "What should happen once in a round happens in each round of the inner loop.", PLAY),
    "another-order": Words(2, "In the loop, the lines stand in another order: {what} comes too early. So one works with a "
                              "new value where it should have the old one, or with an old one where it should have the "
                              "new.", PLAY),
    "divided-in-each-round": Words(2, "In {at}, the sum so far is divided in each round; once, at the end, is right.", PLAY),
    "taken-inside": Words(3, "In {at}, something stands inside the parentheses of a function that should come after it: "
                             "{what}.", FORMULA),
    "only-a-part": Words(3, "In {at}, only a part is computed: {what}; the steps that follow are missing.",
                         FORMULA),
    "done-twice": Words(2, "Everything is done twice: the second time on what came of the first ({what}).",
                        "How many steps does one call take?"),
    "step-already-taken": Words(3, "What comes back are new weights, a step of {what} times the slope further on; the "
                                   "slopes themselves are asked for.", "What does the exercise ask for?"),
    "other-family": Words(2, "In {at}, everything is taken from the other layer, or from the other set of data.",
                          "Which names belong to what this line should compute?"),
    "another-coding": Words(2, "In {at}, the two answers are written in another way: {what}.",
                            "Which two numbers does the exercise ask for?"),
    "all-the-data": Words(3, "In {at}, the mean over all of {what} is taken; the function is asked about the one example "
                             "that it is given.", "What should the function say about another example?"),
    # what is stored or returned
    "rounded": Words(3, "In {at}, numbers are rounded; decimals kept: {what}. Round only what you print.",
                     "What becomes of a small error when later steps build on it?"),
    "clipped": Words(4, "In {at}, numbers are cut off at ±{what}, there or before.",
                     "What should come out for very large numbers?"),
    "extra-factor": Words(4, "In {at}, there is a factor too many: {what}.", FORMULA),
    "extra-divisor": Words(4, "In {at}, there is a division too many: by {what}.", FORMULA),
    "extra-term": Words(5, "In {at}, there is a term too many: {what}.", FORMULA),
    "value-of-another": Words(3, "In {at}, the value of {what} is stored.", STEPS),
    "returns-another": Words(2, "Something else is returned: {what}.", "Which of your names holds what is asked for?"),
    "returns-more": Words(3, "More is returned than is asked for: {what} as well.", "What does the exercise ask for?"),
    "keys-exchanged": Words(2, "The values of two keys have changed places: {what}.",
                            "Which value belongs under which key?"),
    "stored-twice": Words(3, "Under {what} stands the value of another key.", "Which value belongs under which key?"),
    # starts
    "another-draw": Words(2, "In {at}, the start is something else: {what}.", "Which start does the exercise ask for?"),
    "another-scale": Words(2, "The random numbers of {at} have another scale: {what}.",
                           "How many terms are added up where these numbers are used?"),
    "scale-of-the-other": Words(1, "The random numbers of {at} have the scale of the other weights: {what}.",
                                "How many terms are added up where these numbers are used?"),
    "seed-inside": Words(2, "The seed {what} is set inside the function, so that every call draws the same numbers.",
                         "What should happen when the function is called twice?"),
    "drawn-before": Words(3, "Random numbers are drawn and thrown away before the ones that count.",
                          "How many numbers does your function draw in all?"),
    "drawn-in-another-order": Words(2, "The random numbers are drawn in another order than the exercise says.",
                                    "Which weights are drawn first?"),
    "drawn-turned": Words(3, "The numbers of {at} are drawn for the turned shape.", SHAPES),
    "shape-turned": Words(2, "Rows and columns of {at} are exchanged.", SHAPES),
    "flat": Words(2, "In {at}, an axis is lost: the array is flat.", SHAPES),
    "one-for-all": Words(3, "All entries of {at} are the same random number.",
                         "How many numbers should be drawn?"),
    "scalar": Words(2, "In {at}, there is a single number where an array is asked for.", SHAPES),
}  # fmt: skip

VALUE = {
    "wrong-sign": (2, "In {at}, the sign is wrong."),
    "twice": (3, "In {at}, everything is twice as large as it should be."),
    "halved": (3, "In {at}, everything is half as large as it should be."),
    "square-taken": (4, "In {at}, something is squared that should not be."),
    "root-taken": (3, "In {at}, a root is taken that should not be."),
    "absolute-taken": (3, "In {at}, the sign is lost: an absolute value is taken."),
    "sign-only": (2, "In {at}, all changes have the same size: only the sign counts, or what is larger is cut off."),
    "whole-numbers": (3, "In {at}, the decimals are cut off: whole numbers are stored."),
    "turned": (3, "In {at}, rows and columns are exchanged."),
    "reversed": (3, "In {at}, everything comes in the reverse order."),
    "flattened": (3, "In {at}, an axis is lost: everything is flattened."),
    "first-only": (3, "In {at}, only the first is taken."),
    "first-row-only": (3, "In {at}, only the first row is taken."),
    "added-up": (3, "In {at}, everything is added up into one number."),
    "added-up-kept": (6, "In {at}, everything is added up into one number."),
    "summed-rows": (4, "In {at}, the rows are added up."),
    "averaged": (3, "In {at}, the mean of all is taken."),
    "averaged-kept": (6, "In {at}, the mean of all is taken."),
    "largest-only": (4, "In {at}, only the largest is taken."),
    "in-a-list": (3, "In {at}, the value comes inside a list or array of its own."),
    "inverse": (4, "In {at}, one over the value is taken."),
    "exponential": (6, "In {at}, an exponential too many is taken."),
    "column": (3, "In {at}, the numbers stand as a column."),
    "row": (3, "In {at}, the numbers lie as a row."),
    "complement": (4, "In {at}, the value is 1 minus what it should be."),
    "run-together": (6, "In {at}, numbers are added up from entry to entry."),
    "percent": (3, "In {at}, percent are given; a share between 0 and 1 is asked for."),
    "normalised": (6, "In {at}, everything is scaled to length 1."),
    "argmax": (3, "In {at}, the place of the largest is taken (`argmax`)."),
    "argmax-kept": (3, "In {at}, the place of the largest is taken (`argmax`)."),
    "places": (3, "In {at}, there are the places where it is true, not an answer for each."),
    "places-of-true": (3, "In {at}, there are the places where it is true, not an answer for each."),
    "decayed": (4, "In {at}, everything is shrunk by 1 % first, as a weight decay does."),
    "left-at-zero": (3, "In {at}, all is 0: nothing is stored there, or something makes 0 of it."),
    "bent": (6, "In {at}, a tanh too many is taken."),
    "in-a-list-of-one": (4, "In {at}, the value comes inside a list."),
}
KINDS |= {f"value-{name}": Words(rank, hint, STEPS) for name, (rank, hint) in VALUE.items()}
KINDS |= {
    f"part-{name}": Words(rank, hint.replace("In {at},", "In a part of {at}, {what},"), STEPS)
    for name, (rank, hint) in VALUE.items()
}
