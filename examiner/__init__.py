"""What only instructors have: freezing, releasing, simulating, grading, reporting."""

import sys

# jsonschema, which nbformat uses, loads this for a format that no notebook has; it takes longer than all else together.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
