"""What Google Colab and VS Code make of a notebook, by what files saved there look like."""

from __future__ import annotations

import copy
import hashlib

HEX = "0123456789abcdef"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def some_id(text: str, letters: str, length: int) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "".join(letters[byte % len(letters)] for byte in digest[:length])


def colab(nb: dict) -> dict:
    """Save in Colab: format 4.0, so no ids; its own metadata in place of all others; outputs as it writes them."""
    cells = []
    for number, cell in enumerate(copy.deepcopy(nb)["cells"]):
        own = {"id": some_id(f"{number}{cell['source']}", LETTERS, 12)}
        if cell["cell_type"] != "code":  # it knows no raw cells
            cells.append({"cell_type": "markdown", "source": lines(cell["source"]), "metadata": own})
            continue
        outputs = [
            {"output_type": "stream", "name": "stdout", "text": ["Requirement already satisfied: numpy\n"]},
            {"output_type": "error", "ename": "NameError", "evalue": "ignored", "traceback": ["\x1b[0;31m---\x1b[0m"]},
            {
                "output_type": "display_data",
                "data": {"text/plain": ["<Figure size 640x480>"]},
                "metadata": {},
            },
        ]
        uuid = some_id(cell["source"], HEX, 32)
        own |= {"colab": {"base_uri": "https://localhost:8080/", "height": 408}, "outputId": f"{uuid[:8]}-{uuid[8:12]}"}
        cells.append(
            {"cell_type": "code", "source": lines(cell["source"]), "metadata": own, "execution_count": number}
            | {"outputs": outputs[number % 3 :]}
        )
    install = ["%pip install backprop_course-0.2.0-py3-none-any.whl\n", "\n", "from google.colab import drive\n"]
    cells.insert(
        0, {"cell_type": "code", "source": install, "metadata": {"id": "abcDEF123456"}, "execution_count": None}
    )
    cells[0]["outputs"] = []
    metadata = {
        "colab": {"provenance": [], "toc_visible": True, "collapsed_sections": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"602f": {"model_name": "HTMLModel", "state": {}}}},
    }
    return {"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells}


def colab_that_keeps_metadata(nb: dict) -> dict:
    """Save in Colab where it leaves to cells what others wrote there."""
    saved = colab(nb)
    for before, cell in zip(nb["cells"], saved["cells"][1:], strict=True):
        cell["metadata"] = copy.deepcopy(before["metadata"]) | cell["metadata"]
    return saved


def vs_code(nb: dict) -> dict:
    """Save in VS Code on Windows: format 4.2, so no ids; line ends of Windows; languages of cells; its interpreter."""
    saved = copy.deepcopy(nb)
    for cell in saved["cells"]:
        cell.pop("id", None)
        cell["source"] = [line.replace("\n", "\r\n") for line in lines(cell["source"])]
        cell["metadata"]["vscode"] = {"languageId": "python" if cell["cell_type"] == "code" else "markdown"}
    saved |= {"nbformat": 4, "nbformat_minor": 2}
    saved["metadata"] = {
        "kernelspec": {"display_name": ".venv", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.11.9", "pygments_lexer": "ipython3"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": some_id("interpreter", HEX, 32)}},
    }
    return saved


def vs_code_retyped(nb: dict) -> dict:
    """Save in VS Code after all marks were lost, and after set-up and test cells were shown in another language."""
    saved = vs_code(nb)
    for cell in saved["cells"]:
        said = cell["metadata"].pop("nbgrader", {})
        cell["metadata"].pop("tags", None)
        if cell["cell_type"] == "code" and said.get("grade"):
            cell["cell_type"] = "raw"
            del cell["outputs"], cell["execution_count"]
    return saved


EDITORS = [colab, colab_that_keeps_metadata, vs_code, vs_code_retyped]
