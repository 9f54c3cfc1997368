"""A cell of nothing but empty lines, and one long sum: whatever looks through their text pays the square of it."""

from nbformat.v4 import new_code_cell

kind = "uninterruptible C loop"
aims = "batch neighbour"
base = "half"
on_nbgrader = False


def change(nb):
    blank = "\n" * 190_000
    nb.cells += [
        new_code_cell(f"first = 1{blank}last = 2", id="blank-lines"),
        new_code_cell(f"total_of_all = {' + '.join(['1'] * 900)}", id="long-sum"),
    ]
