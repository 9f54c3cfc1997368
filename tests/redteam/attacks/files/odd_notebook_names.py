"""Notebooks are handed in beside the right one whose names hold line breaks, escapes and mark-up."""

import shutil

kind = "path tricks in file names"
aims = "batch act neighbour"
base = "half"


def hand_in(folder, path):
    for name in ("a\nb.ipynb", "\x1b[2J\x1b[31m.ipynb", "<img src=x onerror=redteam()>.ipynb", "-f.ipynb", "..ipynb"):
        shutil.copy(path, folder / name)
