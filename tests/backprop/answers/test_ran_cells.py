"""Statements about `ran_cells`: a check judges what the cell holds now, never the version of an earlier run."""

from __future__ import annotations

import os

import pytest

jupyter_client = pytest.importorskip("jupyter_client")

IMPORTS = "from backprop.answers import ran_cells\nimport backprop"
RIGHT = "def cost(a):\n    return a ** 2"
OLDER = "print('said:', ran_cells.older_version('cost', globals().get('cost')))"
STOPPED = "print('said:', repr(ran_cells.stopped('cost')))"


@pytest.fixture(scope="module")
def kernel():
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(env=dict(os.environ))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def run(kernel):
    """Run cells, (id, source), in a fresh notebook of a real kernel as JupyterLab does, and return what is told."""

    def cells(*told: tuple[str, str]) -> str:
        printed = []
        for cell, source in [
            ("reset", "%reset -f"),
            ("imports", f"{IMPORTS}\nran_cells.runs.clear()"),
            *told,
            ("", OLDER),
        ]:
            content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
            message = kernel.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
            kernel.shell_channel.send(message)
            while True:
                answer = kernel.get_iopub_msg(timeout=120)
                if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                    continue
                if answer["msg_type"] == "stream":
                    printed.append(answer["content"]["text"])
                if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                    break
        return "".join(printed).partition("said: ")[2].strip()

    return cells


def test_of_what_was_never_there_no_older_version_is_in_memory(run):
    assert run(("a", "def cost(a):\n    return (a ** 2")) == ""


@pytest.mark.parametrize(("source", "error"), [
    ("rate = nump.pi\ncost = 1", "NameError: name 'nump' is not defined"),
    ("cost = 1", ""),
    ("raise NotImplementedError()\ncost = 1", ""),
])  # fmt: skip
def test_the_error_in_which_the_cell_of_a_missing_answer_ended_is_known(run, source, error):
    assert run(("a", source), ("b", STOPPED)).startswith(repr(error))


def test_a_cell_that_ran_to_its_end_is_judged(run):
    assert run(("a", RIGHT)) == ""


def test_after_a_syntax_error_the_older_version_is_not_judged(run):
    said = run(("a", RIGHT), ("a", "def cost(a):\n    return (a ** 2"))
    assert said.startswith("the cell with `cost` is not valid Python: ")
    assert said.endswith("The version in memory is from an earlier run.")


def test_an_error_above_the_definition_is_told_with_its_words(run):
    said = run(("a", RIGHT), ("a", f"nump.pi\n{RIGHT} + 1"))
    assert said == (
        "the cell with `cost` stopped with an error: NameError: name 'nump' is not defined. "
        "The version in memory is from an earlier run."
    )


def test_an_error_below_the_definition_does_not_matter(run):
    assert run(("a", RIGHT), ("a", f"{RIGHT} + 1\nprint(undefined)")) == ""


def test_a_renamed_function_does_not_get_the_verdict_of_its_predecessor(run):
    said = run(("a", RIGHT), ("a", "def my_cost(a):\n    return a"))
    assert said == (
        "the cell that defined `cost` no longer does. The version in memory is from an earlier run. "
        "It now defines `my_cost`."
    )


@pytest.mark.parametrize(
    "cells",
    [
        [("a", "def cost(a):\n    return ("), ("a", RIGHT)],  # put right
        [("a", RIGHT), ("b", "def other(a):\n    return (")],  # another cell's error
        [("a", RIGHT), ("b", RIGHT), ("a", "x = 1")],  # moved into another cell
        [("a", f"%%time\n{RIGHT}")],  # made by a magic, not by the cell itself
        [("", RIGHT), ("", "cost = lambda a: a * a")],  # an editor that names no cells
        [("a", "from math import sqrt as cost")],
        [("a", "cost = 3"), ("a", "cost = 4")],
        [("a", "import numpy as np\ncost = np.vectorize(lambda a: a ** 2)"), ("a", "1 / 0")],
    ],
)
def test_what_may_be_the_cells_own_is_judged(cells, run):
    assert run(*cells) == ""


def test_an_editor_that_names_no_cells_is_told_of_errors_too(run):
    assert "is not valid Python" in run(("", RIGHT), ("", "def cost(a):\n    return ("))
