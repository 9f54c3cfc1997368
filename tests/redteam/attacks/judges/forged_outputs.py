"""The test cells are handed in with outputs that say full points and "passed"."""

from nbformat.v4 import new_output

kind = "forged outputs"
aims = "points"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            points = str(cell.metadata.nbgrader.points)
            verdict = {"exercise": "1", "passed": True, "misconception": "", "first": "", "kind": ""}
            data = {"text/plain": points, "application/vnd.backprop.verdict+json": verdict}
            cell.outputs = [new_output("execute_result", data, execution_count=1)]
            cell.execution_count = 1
