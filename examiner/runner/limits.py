"""How much time, memory, processes, files and output a submission may use; `nbgrader_config.py` may set others."""

from __future__ import annotations

from dataclasses import dataclass

MiB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one student process may use. Seconds are those it really got: waiting for a busy machine does not count."""

    cell_seconds: float = 30
    notebook_seconds: float = 300
    submission_seconds: float = 450  # by the clock, for all that is done to give a submission its score
    memory: int = 2048 * MiB  # of all its processes together, in bytes
    processes: int = 64  # and threads, beyond those that the numerics start by themselves
    files: int = 64 * MiB  # of all that it has in files, its copy of the submission included
    file_count: int = 10_000
    cell_output: int = 100_000  # characters of text that are kept of one cell
    notebook_output: int = 1_000_000
    cell_figures: int = 4_000_000  # characters of pictures and other rich display, as the notebook file holds them
    notebook_figures: int = 20_000_000
    flood: int = 100  # a cell that goes on to print this many times its limit is ended
