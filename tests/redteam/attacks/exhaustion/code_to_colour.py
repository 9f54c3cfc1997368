"""Code, plain cells and a terminal's colours that a page lays out at the square of their length, or cannot at all."""

from nbformat.v4 import new_code_cell, new_raw_cell

kind = "recursion"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
CODE = ("x = 1" + "\n \n" * 8000, "a." * 20000)
cell = r"""
print("\x1b[7;1;4ma" * 9000)
print("\x1b[38m")
"""


def change(nb):
    nb.cells += [new_code_cell(text, id=f"colour-{number}") for number, text in enumerate(CODE)]
    nb.cells.append(new_raw_cell("".join(f"<b title={number}><p>" for number in range(2000)), id="colour-plain"))
