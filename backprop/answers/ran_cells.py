"""Remember which cells of the notebook ran and how they ended, and tell when an answer is an older version's.

After an error at its top, or once its function is called something else, a cell leaves the function of an earlier run
in memory. A check that judged that one would praise what the notebook no longer holds.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

from . import unparsed
from .attempt import printable


@dataclass(frozen=True)
class Run:
    """One run of a cell; `cell` is the cell's id, "" where the editor says none; `file` names the code it compiled."""

    source: str
    cell: str = ""
    file: str = ""
    error: str = ""  # what ended it, as "NameError: name 'x' is not defined"


runs: list[Run] = []


def follow() -> None:
    """Note each cell that runs from now on, where there is a notebook."""
    shell: Any = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if hasattr(shell, "events"):
        shell.events.register("post_run_cell", lambda result: _note(shell, result))


def _note(shell: Any, result: Any) -> None:
    info, error = result.info, result.error_before_exec or result.error_in_exec
    if info is None or info.silent or not isinstance(info.raw_cell, str):
        return
    file = shell.compile.get_code_name(info.raw_cell, info.raw_cell, 0)
    said = printable(f"{type(error).__name__}: {error}")[:200] if error else ""
    runs.append(Run(info.raw_cell, info.cell_id or "", file, said))


def older_version(name: str, value: object) -> str:
    """Return why `value`, what the notebook calls `name`, is not what its cell holds now; "" where it is, or may be.

    What is not there at all has no older version.
    """
    if value is None:
        return ""
    latest = _latest(name)
    file = getattr(getattr(value, "__code__", None), "co_filename", "")
    if any(run.file == file for run in latest if file):
        return ""
    gives = [run for run in latest if unparsed.gives(name, run.source)]
    if gives and (said := unparsed.sentence([gives[-1].source], name)):
        return f"{said} The version in memory is from an earlier run."
    if not file or not any(run.file == file for run in runs):
        return ""  # from elsewhere: nothing is known of it
    if gives and gives[-1].error:
        stopped = f"the cell with `{name}` stopped with an error: {gives[-1].error}."
        return f"{stopped} The version in memory is from an earlier run."
    if not gives:
        now = _instead(file)
        return f"the cell that defined `{name}` no longer does. The version in memory is from an earlier run.{now}"
    return ""


def stopped(name: str) -> str:
    """Return the error in which the cell ended that gives `name` a value; "" where it did not, or was never begun."""
    gives = [run for run in _latest(name) if unparsed.gives(name, run.source)]
    error = gives[-1].error if gives else ""
    return "" if error.startswith("NotImplementedError") else error


def _latest(name: str) -> list[Run]:
    """Return the last run of each cell, in order; of cells without an id, the last that gives `name` stands for all."""
    last: dict[str, int] = {}
    for number, run in enumerate(runs):
        cell = run.cell or ("gives it" if unparsed.gives(name, run.source) else f"run {number}")
        last[cell] = number
    return [runs[number] for number in sorted(last.values())]


def _instead(file: str) -> str:
    """Say what the cell defines now."""
    cell = next(run.cell for run in runs if run.file == file)
    now = next(run for run in reversed(runs) if run.cell == cell)
    found = re.findall(r"^(?:def|class)\s+(\w+)", now.source, re.MULTILINE)
    return f" It now defines `{'`, `'.join(found[:3])}`." if found else ""
