"""General hints and questions, by the kind of mistake, for when nothing more specific is known."""

from __future__ import annotations

# Of an answer that is right on the inputs of the visible check, and wrong on others that it will not be shown.
ONLY_THERE = (
    "On the inputs of the visible check your answer is right; on others it is not. Look for what is right only there: "
    "a number that you wrote down, a condition that is never met there, whole numbers where there may be decimals.",
    "Which of your lines would do something else if the inputs were larger, negative, equal, more, or fewer?",
)
ONLY_HERE = (
    "On the inputs of the visible check your answer is right; on these it is not.",
    "Which of your lines does something else there?",
)
ONLY_ON_SECOND = (
    "On the first input your answer is right. Print the second, and look for what is different there: more or fewer "
    "numbers, other signs, equal ones, a 0. Or look for something that is left from the first call.",
    "Which of your lines does something else with the second input?",
)
HERE = " In this hidden test, {where}: that may be the reason."
GENERAL = {
    "syntax": (
        "Python runs no line of such a cell. Look at that line, and at the end of the one before it.",
        "Is every parenthesis closed, and does every `def`, `for` and `if` end in a colon?",
    ),
    "older version": (
        "Run the cell of your answer with Shift+Enter until it ends without an error, and then this one.",
        "Which line of that cell is the last one that runs?",
    ),
    "unanswered": (
        "Replace `raise NotImplementedError()` with your own code, and run that cell with Shift+Enter.",
        "Which formula of the lesson above should this function compute?",
    ),
    "arguments": (
        "Keep the first line of the function as it was given: its arguments are part of the exercise.",
        "How many arguments does the call above pass, and how many does your function take?",
    ),
    "too slow": (
        "Does every loop end? Does one of them do far more than is asked for?",
        "Which line would you expect to run last, and is it ever reached?",
    ),
    "ended": (
        "Look for something that grows without end, and for calls that end Python itself, such as `exit()`.",
        "How large is the largest array in the function, and how often does it call itself?",
    ),
    "exception": (
        "Just before that line, print the shapes of the arrays that meet in it.",
        "Which shapes does that line need, and which does it get?",
    ),
    "missing": (
        "The keys are not all those that the exercise gives: some are missing or have another name, or another "
        "dictionary comes back than the one it asks for.",
        "Which keys does your dictionary have, and which does the exercise ask for?",
    ),
    "type": (
        "Look at the last line of the function: does it return what the exercise asks for?",
        "What does your function return when you call it in a cell of your own?",
    ),
    "changed": (
        "`A -= B`, `A[i] = …`, and methods such as `pop` and `sort` change the object itself, and with it the "
        "caller's. `A.copy()` gives you one of your own, which you may change.",
        "Which function will get the same object next?",
    ),
    "shape": (
        "Print the shape of each array on the way to the result, and find the first that differs from the lesson.",
        "What do the rows and the columns stand for here?",
    ),
    "not finite": (
        "Somewhere a number became too large, or 0 was divided by 0. Print the values on the way there.",
        "What is the largest number that goes into `np.exp`?",
    ),
}
