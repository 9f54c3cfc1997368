"""The assignment that `examiner new` lays down: one exercise with three misconceptions, and a quiz, to be changed."""

from __future__ import annotations

LESSON = """# {title}

One paragraph: what this is about, and why it is worth an hour.

Write your code where it says `# YOUR CODE HERE`, and delete the line `raise NotImplementedError()`. After each answer a
**check** says whether it is right, or what exactly is wrong with it."""

IMPORTS = """import numpy as np

from backprop import check, given, quiz"""

EXERCISE = """## Exercise 1 · Standard scores  (80 points)

How unusual is a value among others? Its *standard score* tells you: the distance to the mean, in units of the spread.

| quantity | formula | shape |
|---|---|---|
| mean $\\mu$ | the sum of all values, divided by their number | one number |
| spread $\\sigma$ | the root of the mean of the squared distances to $\\mu$ | one number |
| scores | $(x - \\mu) / \\sigma$ | as `x` |

*Predict before you code:* what is the mean of all scores?"""

SOLUTION = '''def scores(x):
    """Return the standard scores of the values in x: same shape as x."""
    ### BEGIN SOLUTION
    distances = x - np.mean(x)
    return distances / np.sqrt(np.mean(distances**2))
    ### END SOLUTION'''

INPUTS = """# Removed from the release. Only `examiner freeze` runs this: it makes the inputs of the checks.
from examiner.inputs import freeze_inputs

draw = np.random.RandomState(1)
freeze_inputs("1", draw.randn(5) * 2 + 3)
freeze_inputs("1.1", draw.randn(3, 4) - 1)
freeze_inputs("1.2", draw.rand(2))"""

CHECK = 'check("1", lambda: scores(given("1")))'

HIDDEN_TEST = """# The hidden tests of this exercise run here when your notebook is graded.
### BEGIN HIDDEN TESTS
check("1.1", lambda: scores(given("1.1")))
check("1.2", lambda: scores(given("1.2")))
### END HIDDEN TESTS"""

INSIGHT = "*Whatever the values were, their scores have mean 0 and spread 1. So grams and metres can be compared.*"

QUESTION = """## Exercise 2 · Read a score  (20 points)"""

ANSWER = """### BEGIN SOLUTION
answer_2 = "B"
### END SOLUTION"""

WORDS = """place = {place}

[[exercise]]
key = "1"
title = "Standard scores"
function = "scores"
holds = "the scores have mean 0 and spread 1, and the shape of x."
hint = "First the distances to the mean, then their spread, then divide."
ask = "What are the scores of 1, 2 and 3?"

[[misconception]]
exercise = "1"
id = "variance-for-spread"
edit = ["np.sqrt(np.mean(distances**2))", "np.mean(distances**2)"]
hint = "This divides by the mean of the squares, which is the variance. The spread is its root."
ask = "If x is in metres, in what is your spread?"
credit = 0.5

[[misconception]]
exercise = "1"
id = "mean-not-taken-away"
edit = ["distances / np.sqrt", "x / np.sqrt"]
hint = "The values are divided by their spread, but the mean was never taken away."
ask = "What should the score of a value be that equals the mean?"

[[misconception]]
exercise = "1"
id = "sum-for-mean"
edit = ["np.sqrt(np.mean(distances**2))", "np.sqrt(np.sum(distances**2))"]
hint = "The squares are added, and not divided by how many there are."
ask = "If every value stood in the list twice, should the scores change?"

[[exercise]]
key = "2"
title = "Read a score"
function = ""
holds = "the score counts spreads from the mean."
hint = "Put the score into the formula, and solve it for x."
ask = "Which x has the score 0?"

[[quiz]]
key = "2"
kind = "one"
question = "The mean is 10 and the spread is 2. Which value has the score −1?"

[[quiz.option]]
label = "A"
text = "9"
because = "9 is 1 below the mean, and 1 is half a spread: its score is −0.5."

[[quiz.option]]
label = "B"
text = "8"
right = true
because = "8 is one spread below the mean."

[[quiz.option]]
label = "C"
text = "12"
because = "12 is one spread above the mean: its score is +1."
"""

ALTERNATIVES = """[[alternative]]
exercise = "1"
style = "np.std"
solution = '''
def scores(x):
    return (x - x.mean()) / x.std()
'''
"""
