"""Naps, answers that end their process where they are judged again too, and texts that a page lays out at length."""

from nbformat.v4 import new_code_cell, new_markdown_cell

kind = "sleep"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
ENDS = """
def {}(x, w):
    import os, time
    time.sleep(1)
    os._exit(1)
    return sigmoid(x) + neuron(x, w)
"""
cells = {
    "exercise-1": """
def sigmoid(z):
    return 0 * z
""",
    "exercise-5": ENDS.format("neuron"),
    "exercise-6": ENDS.format("slope"),
}


def change(nb):
    at = [cell.get("id") for cell in nb.cells].index("imports") + 1
    nb.cells[at:at] = [new_code_cell(f"import time; time.sleep(1.2); {n}", id=f"nap-{n}") for n in range(5)]
    for number in range(40):
        nb.cells.append(new_code_cell(f"x = {number}" + "\n \n" * 700, id=f"lines-{number}"))
        nb.cells.append(new_markdown_cell("\\begin{a}" * (2000 + number), id=f"begins-{number}"))
