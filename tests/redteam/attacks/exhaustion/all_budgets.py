"""Every cell takes almost its time, ends its process, and is replayed; the next ones too, without end."""

from nbformat.v4 import new_code_cell

kind = "sleep"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
NAP = "import os, time; time.sleep(0.9)"


def change(nb):
    for number in range(60):
        nb.cells += [
            new_code_cell(NAP, id=f"slow-{number}"),
            new_code_cell(f"{NAP}; os._exit(1)", id=f"end-{number}"),
        ]
