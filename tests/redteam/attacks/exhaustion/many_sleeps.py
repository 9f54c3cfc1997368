"""Every cell takes a little less than its limit, and there are two hundred."""

from nbformat.v4 import new_code_cell

kind = "sleep"
aims = "batch neighbour"
base = "half"
on_nbgrader = False


def change(nb):
    nb.cells += [new_code_cell("import time; time.sleep(1.5)", id=f"nap-{number}") for number in range(200)]
