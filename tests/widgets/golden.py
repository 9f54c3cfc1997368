"""Write down what the NumPy models of the widgets say, so that the JavaScript ones can be held against it.

    .venv/bin/python tests/widgets/golden.py           # write tests/widgets/golden/*.json
    .venv/bin/python tests/widgets/golden.py --check   # say which of them is out of date

`cases/<widget>.py` has a function `cases()` that returns plain values, seeded where they are random: inputs, and what
the model makes of them. Numbers are written so that they read back as the same doubles; NaN and infinities as texts.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
RELATIVE = 1e-12  # sums and exponentials differ in their last digits from one machine to the next


def names() -> list[str]:
    """Return the widgets that have cases."""
    return sorted(path.stem for path in (HERE / "cases").glob("*.py"))


def fresh(name: str):
    """Return the cases of a widget as they come out now, as they would be read from JSON."""
    spec = importlib.util.spec_from_file_location(f"cases_{name}", HERE / "cases" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return plain(module.cases())


def stored(name: str):
    """Return the cases of a widget as they are written down, or None."""
    path = HERE / "golden" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def plain(value):
    """Return `value` with arrays as lists, NumPy's numbers as Python's, and what JSON has no word for as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def same(one, other) -> bool:
    """Say whether two sets of cases agree, numbers within `RELATIVE` of the larger of 1 and their size."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=RELATIVE)
    return one == other


def main(check: bool) -> int:
    stale = [name for name in names() if not same(fresh(name), stored(name))]
    if check:
        for name in stale:
            print(f"golden/{name}.json is not what the model says.\n  Run: python tests/widgets/golden.py")
        return len(stale) > 0
    (HERE / "golden").mkdir(exist_ok=True)
    for name in stale:
        text = json.dumps(fresh(name), ensure_ascii=False)
        (HERE / "golden" / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
