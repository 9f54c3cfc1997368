"""The tests stand before the answers, and the notebook ends with cells that repeat their ids."""

kind = "cells and metadata"
aims = "points batch"


def change(nb):
    nb.cells.sort(key=lambda cell: not cell.metadata.get("nbgrader", {}).get("grade"))
