"""A student's process as the grader sees it: start it, ask it, limit it, start it again."""
