"""How long does a notebook of eight exercises take in a student's process, and how long in a fresh kernel?

Run `python bench/student_process.py`. The cells are those of the two-layer network up to its exercise 8, with the
solutions. A student's process is timed from the request for it to the end of all that it started, a kernel from its
start to its shutdown.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["NBGRADER_EXECUTION"] = "autograde"
os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

from examiner.runner.forkserver import ForkServer  # noqa: E402

NAME, LAST, REPEATS = "two_layer_network", "figures-8", 5
QUIET = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"]


def notebook() -> nbformat.NotebookNode:
    """Return the cells up to the last exercise that needs no data but its own."""
    whole = nbformat.read(ROOT / "source" / NAME / f"{NAME}.ipynb", 4)
    cells = [cell for cell in whole.cells if "examiner" not in cell.metadata.get("tags", [])]
    end = next(at for at, cell in enumerate(cells) if cell.id == LAST)
    whole.cells = [cell for cell in cells[: end + 1] if cell.cell_type == "code"]
    return whole


def in_kernel() -> float:
    start = time.perf_counter()
    folder = {"metadata": {"path": str(ROOT / "release" / NAME)}}
    NotebookClient(notebook(), allow_errors=True, resources=folder, extra_arguments=QUIET).execute()
    return time.perf_counter() - start


def in_student_process(forkserver: ForkServer) -> tuple[float, float]:
    """Return the seconds until the process was ready, and those until it had ended."""
    start = time.perf_counter()
    with forkserver.student_process(ROOT / "release" / NAME) as student_process:
        ready = time.perf_counter() - start
        for cell in notebook().cells:
            assert not student_process.run(cell.source).ended
    return ready, time.perf_counter() - start


def main() -> None:
    with ForkServer() as forkserver:
        start = time.perf_counter()
        forkserver.student_process(ROOT / "release" / NAME).close()
        print(f"the fork server, once for a class: {time.perf_counter() - start:.1f} s")
        runs = [in_student_process(forkserver) for _ in range(REPEATS)]
    ready, whole = (statistics.median(part) for part in zip(*runs, strict=True))
    print(
        f"a student's process: ready after {1000 * ready:.0f} ms, {len(notebook().cells)} cells run after {whole:.2f} s"
    )
    print(f"a kernel: the same cells run after {statistics.median(in_kernel() for _ in range(REPEATS)):.2f} s")


if __name__ == "__main__":
    main()
