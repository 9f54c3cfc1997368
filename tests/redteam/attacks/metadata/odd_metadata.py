"""Metadata is of the wrong kind everywhere: lists for mappings, mappings for text, numbers for names."""

kind = "cells and metadata"
aims = "batch points"
base = "half"


def change(nb):
    odd = [
        [],
        "nbgrader",
        7,
        None,
        {"grade_id": ["check-1"]},
        {"grade_id": {}},
        {"grade": "yes"},
        {"schema_version": 99},
    ]
    for cell, value in zip([cell for cell in nb.cells if cell.cell_type == "code"], odd * 3, strict=False):
        cell.metadata["nbgrader"] = value
        cell.metadata["tags"] = {"skip-execution": 1}
    nb.metadata["kernelspec"] = []
