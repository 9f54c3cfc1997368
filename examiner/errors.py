"""The one exception that a command of the examiner ends with on purpose."""


class ExaminerError(Exception):
    """Something an instructor has to repair; the message says what, and with which command or edit."""
