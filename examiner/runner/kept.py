"""One box for everything that this process grades: starting one takes seconds, a candidate in it milliseconds."""

from __future__ import annotations

import atexit

from .forkserver import Box
from .limits import Limits

_boxes: dict[tuple[Limits, bool], Box] = {}


def kept_box(limits: Limits, unsafe: bool = False) -> Box:
    """Return the box of this process for these limits; it is made when it is first asked for."""
    key = (limits, unsafe)
    if key not in _boxes:
        close()  # of other limits: a course has one set of them
        _boxes[key] = Box(limits, unsafe)
    return _boxes[key]


@atexit.register
def close() -> None:
    """End the box that is kept, if there is one."""
    while _boxes:
        _boxes.popitem()[1].close()
