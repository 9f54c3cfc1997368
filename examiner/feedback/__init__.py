"""The page of feedback: what a student scored, what is not right yet, and the notebook below it."""
