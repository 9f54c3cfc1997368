"""Five thousand cells are handed in, and each shows a line."""

from nbformat.v4 import new_code_cell

kind = "output bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False


def change(nb):
    nb.cells += [new_code_cell(f"print({number})", id=f"line-{number}") for number in range(5000)]
