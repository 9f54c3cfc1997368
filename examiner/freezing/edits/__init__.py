"""Mistakes that no one has to write down: edits of a solution's syntax tree, each with a name and words of the lesson.

`found.edits_of` gives all edits of one solution. Each other module knows one family of mistakes: a function `changes`
that is given a place in the solution and yields what could stand there instead.
"""
