"""A widget that works in the kernel, as in a notebook with a browser, which here is only said to be there."""

from __future__ import annotations

import asyncio


def live(make, during):
    """Make the widget, call `during` with it, and return it when its work has ended."""

    async def notebook():
        it = make()
        it._handle_custom_msg({"do": "here", "view": "one"}, [])
        await during(it)
        while it._status["doing"] in ("waiting", "working"):
            await asyncio.sleep(0.001)
        return it

    return asyncio.run(notebook())
