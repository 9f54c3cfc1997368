"""The ids of a test that passes and of one that fails are exchanged."""

kind = "cells and metadata"
aims = "points"
base = "half"


def change(nb):
    swap = {"check-1": "test-2", "test-2": "check-1", "hidden-1": "unseen-2", "unseen-2": "hidden-1"}
    for cell in nb.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade_id") in swap:
            meta["grade_id"] = swap[meta["grade_id"]]
