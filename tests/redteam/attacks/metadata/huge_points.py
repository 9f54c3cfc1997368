"""A test cell is worth more points than there are numbers."""

kind = "huge points"
aims = "points batch"
base = "half"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader["points"] = 10**400
