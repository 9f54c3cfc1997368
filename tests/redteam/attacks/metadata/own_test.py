"""A test cell of the student's own is added, worth a thousand points."""

from nbformat.v4 import new_code_cell

kind = "raised points"
aims = "points"


def change(nb):
    for name in ("bonus", "check-9", "hidden-9", "exercise-1"):
        meta = {"grade": True, "grade_id": name, "locked": True, "points": 1000, "schema_version": 3, "solution": False}
        nb.cells.append(new_code_cell("pass", id=f"own-{name}", metadata={"nbgrader": meta | {"task": False}}))
