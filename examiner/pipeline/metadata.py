"""Check nbgrader's metadata of a notebook by nbgrader's own rules, with the schema read once for a class."""

from __future__ import annotations

from functools import lru_cache

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.nbgraderformat.common import BaseMetadataValidator


class _SchemaOnce(BaseMetadataValidator):
    """Does what nbgrader's own class does, which checks the schema itself again for each cell."""

    def validate_cell(self, cell: NotebookNode) -> None:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("schema_version") == self.schema_version:
            _schema().validate(meta)
        else:
            super().validate_cell(cell)


class _Metadata(MetadataValidator, _SchemaOnce):
    pass


@lru_cache(1)
def _schema() -> Validator:
    schema = _Metadata().schema
    return validator_for(schema)(schema)


def validate(nb: NotebookNode) -> None:
    """Raise jsonschema's `ValidationError`, or nbgrader's own errors, where nbgrader could not read this notebook."""
    _Metadata().validate_nb(nb)
