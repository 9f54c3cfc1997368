"""A test cell that is easy to pass is worth ten thousand points, one that fails none."""

kind = "raised points"
aims = "points"
base = "half"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader["points"] = 10_000 if cell.metadata.nbgrader.grade_id.endswith("1") else 0
