"""How long does `load_mnist_01` take, and how much memory at its peak?

Run `python bench/data.py`. Each figure comes from fresh processes and a fresh cache folder; interpreter start and
imports are not counted. Non-goals: the download, and the fallback, which this bench refuses to measure.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECOND_LOADS = 9

CHILD = """
import json, time
import backprop.data


def kilobytes(key):
    try:
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(key))
    except OSError:
        return None


before = kilobytes("VmRSS")
start = time.perf_counter()
arrays = backprop.data.load_mnist_01()
seconds = time.perf_counter() - start
# Mapped pages count only once they are read: read them all, as training does.
sum(array.sum() for array in arrays)
touched = time.perf_counter() - start
peak = kilobytes("VmHWM")
print()
print(json.dumps({
    "seconds": seconds, "touched": touched, "shape": arrays[0].shape,
    "mb": None if peak is None else (peak - before) / 1000,
}))
"""


def load(cache: str) -> dict:
    """Return seconds, seconds with every value read, and peak megabytes of one load in a fresh process."""
    environment = os.environ | {"BACKPROP_CACHE": cache, "BACKPROP_DATA": ""}
    command = [sys.executable, "-c", CHILD]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    *said, figures = ran.stdout.strip().splitlines()
    result = json.loads(figures)
    if result["shape"] != [784, 12665]:
        sys.exit("\n".join([*said, "No MNIST to measure: set MNIST_NPZ to its mnist.npz."]))
    return result


def megabytes(loads: list[dict]) -> str:
    if loads[0]["mb"] is None:
        return "not measured here (no /proc)"
    return f"{max(one['mb'] for one in loads):.0f} MB"


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        first = load(cache)
        later = [load(cache) for _ in range(SECOND_LOADS)]
    second = statistics.median(one["seconds"] for one in later)
    touched = statistics.median(one["touched"] for one in later)
    print(f"first load    {first['seconds']:.2f} s      peak memory {megabytes([first])}")
    print(f"second load   {1000 * second:.1f} ms     peak memory {megabytes(later)}")
    print(f"              {1000 * touched:.1f} ms     and every value read   (medians of {SECOND_LOADS} processes)")


if __name__ == "__main__":
    main()
