"""`freeze_inputs`: the word with which a source notebook names the inputs of a check; `one_changed` makes some."""

from __future__ import annotations

from collections.abc import Sequence

from backprop import session


def freeze_inputs(key: str, *values, **sizes: int) -> None:
    """Freeze `values` as what `given(key)` hands out; `sizes` name numbers for explanations, as m=3.

    Does something only while `examiner freeze` runs: anywhere else the inputs come from the frozen tables.
    """
    here = session.current()
    if hasattr(here, "record_inputs"):
        here.record_inputs(key, values[0] if len(values) == 1 else values, sizes)


def one_changed(values: Sequence, others: Sequence) -> list[tuple]:
    """Return the arguments of several calls: `values`, and `values` with one of them exchanged for that of `others`.

    A function that keeps results, and tells them apart by some of its arguments only, returns an old one.
    """
    exchanged = ((*values[:i], other, *values[i + 1 :]) for i, other in enumerate(others))
    return [tuple(values), *exchanged]
