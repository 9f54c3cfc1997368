"""The gallery in docs/ runs to its end without a browser, and shows every widget that there is."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient

import backprop.widgets


def test_each_widget_has_its_place_in_the_gallery(course_root):
    cells = json.loads((course_root / "docs" / "widgets.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = "\n".join("".join(cell["source"]) for cell in cells if cell["id"].startswith("gallery-"))
    assert [name for name in backprop.widgets.__all__ if f"\n{name}(" not in f"\n{shown}"] == []


@pytest.mark.slow
def test_the_gallery_runs_and_every_widget_leaves_a_picture_and_a_sentence(course_root, monkeypatch):
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    nb = nbformat.read(course_root / "docs" / "widgets.ipynb", as_version=4)
    NotebookClient(nb, timeout=120, resources={"metadata": {"path": str(course_root / "docs")}}).execute()
    stills = [out for cell in nb.cells for out in cell.get("outputs", []) if "image/svg+xml" in out.get("data", {})]
    told = {out.data["text/plain"].split(":")[0] for out in stills}
    assert told == set(backprop.widgets.__all__)
    for still in stills:
        assert "run the cell" in still.data["text/html"]
        assert len(still.data["image/svg+xml"]) < 60_000
