"""Test cells are called tasks and answers to be graded by hand, so that no machine gives 0."""

kind = "solution: true"
aims = "points"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader |= {"solution": True, "grade": True, "task": True, "locked": False}
            cell.cell_type = "markdown"
            del cell["outputs"], cell["execution_count"]
