"""`freeze_inputs`: the word with which a source notebook names the inputs of a check."""

from __future__ import annotations

from backprop import session


def freeze_inputs(key: str, *values, **sizes: int) -> None:
    """Freeze `values` as what `given(key)` hands out; `sizes` name numbers for explanations, as m=3.

    Does something only while `examiner freeze` runs: anywhere else the inputs come from the frozen tables.
    """
    here = session.current()
    if hasattr(here, "record_inputs"):
        here.record_inputs(key, values[0] if len(values) == 1 else values, sizes)
