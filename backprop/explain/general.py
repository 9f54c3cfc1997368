"""The general words: a hint and a question by the kind of what is wrong, where nothing more special is known."""

from __future__ import annotations

GENERAL = {
    "syntax": (
        "Nothing of such a cell is run. Look at that line, and at the end of the one before.",
        "Is every parenthesis closed, and does every `def`, `for` and `if` end in a colon?",
    ),
    "older version": (
        "Run the cell of your answer with Shift+Enter until it ends without an error, then this one.",
        "Which line of that cell is the last one that runs?",
    ),
    "unanswered": (
        "Replace `raise NotImplementedError()` by your own code, and run that cell with Shift+Enter.",
        "Which formula of the lesson above does this function stand for?",
    ),
    "arguments": (
        "Keep the first line of the function as it was given: its arguments are part of the exercise.",
        "How many arguments does the call above give, and how many does your function take?",
    ),
    "too slow": (
        "Does every loop end? Does the condition of a `while` ever become false?",
        "Which line would you expect to run last, and is it ever reached?",
    ),
    "ended": (
        "Look for what grows without end, and for calls that end Python itself, like `exit()`.",
        "How large is the largest array of the function, and how often does it call itself?",
    ),
    "exception": (
        "Print the shapes of what meets in that line, just before it.",
        "Which shapes would that line need, and which does it get?",
    ),
    "missing": (
        "Keep the names that the exercise gives; the next function looks its values up by them.",
        "Which keys does your dictionary have, and which are asked for?",
    ),
    "type": (
        "Look at the last line of the function: does it return what the exercise asks for?",
        "What does your function return when you call it in a cell of your own?",
    ),
    "changed": (
        "`A = A - B` makes a new array, `A -= B` changes the old one; `A.copy()` is one of your own.",
        "Which function will be handed the same array next?",
    ),
    "shape": (
        "Print the shape of each array on the way to the result, and find the first that is not as in the lesson.",
        "What do the rows stand for here, and what the columns?",
    ),
    "not finite": (
        "Somewhere a number became too large, or 0 was divided by 0. Print the values on the way there.",
        "What is the largest number that goes into `np.exp`?",
    ),
}
