"""What the names of files in a submission say: which may be meant as which notebook, and which cannot be written."""

from __future__ import annotations

import re
import unicodedata


def is_notebook(name: str) -> bool:
    """Tell whether a file in a submission may be meant as a notebook, by its name."""
    *folders, last = name.split("/")
    hidden = last.startswith((".", "~")) or any(part.startswith(".") or part == "__MACOSX" for part in folders)
    # Browsers add an ending where they take the notebook for text.
    return not hidden and bool(re.search(r"\.ipynb(\.(txt|json|ipynb))?$", last, re.IGNORECASE))


def kinship(file: str, wanted: str) -> int:
    """Say how well a file's name suits: 0 exactly, 1 but for case and signs, 2 with additions, 3 not at all."""
    last = file.split("/")[-1]
    if last == f"{wanted}.ipynb":
        return 0
    stem, goal = _letters(re.sub(r"\.ipynb.*$", "", last, flags=re.IGNORECASE)), _letters(wanted)
    return 1 if stem == goal else 2 if goal in stem else 3


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def is_plain(name: str) -> bool:
    """Tell whether a name can be written and shown anywhere: no control characters, no broken encoding, not long."""
    return name.isprintable() and len(name) < 200 and all(not part.startswith("-") for part in name.split("/"))


def is_in_the_way(name: str, reserved: set[str]) -> bool:
    """Tell whether a file would stand where grading needs a folder, or make a folder where it needs a file."""
    return any(other.startswith(f"{name}/") or name.startswith(f"{other}/") for other in reserved)
