"""Points are no numbers, less than nothing, text, and lists."""

kind = "NaN points"
aims = "points batch"
base = "half"


def change(nb):
    points = iter([float("nan"), float("inf"), -10, "10", [10], None, True, {"points": 10}] * 2)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader["points"] = next(points)
