"""Test cells are called solutions, unlocked, and emptied."""

kind = "solution: true"
aims = "points"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader |= {"solution": True, "locked": False}
            cell.source = "pass"
