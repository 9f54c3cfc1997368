"""Tell whether there is a notebook to show something in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial


def notebook_display() -> Callable[[dict], None] | None:
    """Return what shows a bundle, {MIME type: data}, in a notebook; None outside of one."""
    # IPython is asked only where something has imported it: importing it here would take most of a second.
    if "IPython" not in sys.modules or sys.modules["IPython"].get_ipython() is None:
        return None
    from IPython.display import display

    return partial(display, raw=True)
