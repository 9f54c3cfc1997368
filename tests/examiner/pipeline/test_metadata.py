"""Metadata is refused where nbgrader refuses it."""

from __future__ import annotations

import pytest
from jsonschema import ValidationError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator, SchemaTooNewError, SchemaTooOldError

from examiner.pipeline import metadata

FINE = {"grade_id": "a", "grade": True, "solution": False, "locked": True, "task": False, "schema_version": 3}
FINE |= {"points": 1.0, "cell_type": "code"}


def notebook(*marks: dict):
    return new_notebook(cells=[new_code_cell("", metadata={"nbgrader": mark}) for mark in marks])


def test_what_nbgrader_accepts_is_accepted():
    metadata.validate(notebook(FINE, FINE | {"grade_id": "b"}))
    metadata.validate(new_notebook(cells=[new_code_cell("")]))


@pytest.mark.parametrize(
    ("marks", "error"),
    [
        ([FINE | {"grade_id": 3}], ValidationError),
        ([{key: value for key, value in FINE.items() if key != "points"}], ValidationError),
        ([FINE, FINE], ValidationError),
        ([FINE | {"schema_version": 2}], SchemaTooOldError),
        ([FINE | {"schema_version": 4}], SchemaTooNewError),
    ],
)
def test_what_nbgrader_refuses_is_refused(marks, error):
    for validate in (MetadataValidator().validate_nb, metadata.validate):
        with pytest.raises(error):
            validate(notebook(*marks))
