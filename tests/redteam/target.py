"""The course that is attacked: six exercises, one of each kind that a test cell can judge, and secrets to be found.

A function judged by `check`, one judged by plain `np.testing`, a class, values, a function that builds on the first,
and one that builds on that: so an attacked function has exercises before it and after it. Every expected number is
computed here from the solutions. Half of the points are for hidden tests.
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
from attack import Attack
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "target"
ATTACKER, NEIGHBOUR, GRADED_BEFORE = "mallory", "zoe", "ada"
PORT = 47_631  # of a listener in a network namespace of its own
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

SOLUTIONS = {
    "1": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "2": "def layer(X, W, b):\n    return np.tanh(W @ X + b)",
    "3": """class Network:
    def __init__(self, n):
        self.W = np.random.randn(n, 2)
        self.steps = 0

    def forward(self, x):
        self.steps += 1
        return self.W @ x""",
    "4": "total = sum(range(101))\ngrid = np.arange(12.0).reshape(3, 4) ** 2",
    "5": "def neuron(x, w):\n    return sigmoid(w * x)",
    "6": "def slope(x, w):\n    return w * neuron(x, w) * (1 - neuron(x, w))",
}
# Which exercises an honest notebook answers, and what it scores with nbgrader and with the examiner, which judges each
# of the last two by itself.
ANSWERED = {"nothing": "", "half": "13", "right": "123456", "last": "5"}
FULL = 120
HONEST = {
    "nbgrader": {"nothing": 0, "half": 40, "right": FULL, "last": 0},
    "examiner": {"nothing": 0, "half": 40, "right": FULL, "last": 20},
    "within": {"nothing": 0, "half": 40, "right": FULL, "last": 20},
}
INPUTS = """from examiner.inputs import freeze_inputs
freeze_inputs("1", np.array([0.5, 1.0, 4.0]))
freeze_inputs("1.1", np.array([-2.25, 0.75, 31.0]))
freeze_inputs("5", np.array([0.5, 1.0]), 3.0)
freeze_inputs("5.1", np.array([-2.0, 0.25]), -1.5)
freeze_inputs("6", np.array([0.25, -1.0]), 2.0)
freeze_inputs("6.1", np.array([1.5, -0.75]), -0.5)"""
WORDS = """[[exercise]]
key = "1"
title = "The sigmoid"
function = "sigmoid"
holds = "the sigmoid of each entry."
hint = "One over one plus an exponential."
ask = "What is it at 0?"

[[misconception]]
exercise = "1"
id = "wrong-sign"
edit = ["np.exp(-z)", "np.exp(z)"]
hint = "Look at the sign in the exponent."
ask = "What is it at 0?"

[[misconception]]
exercise = "1"
id = "positive-only"
edit = ["np.exp(-z)", "np.exp(-abs(z))"]
hint = "Right for positive numbers only: {secret}."
ask = "What is it at -2?"

[[exercise]]
key = "5"
title = "A neuron"
function = "neuron"
holds = "the sigmoid of w times x."
hint = "You have written the sigmoid above."
ask = "What is it where x is 0?"

[[misconception]]
exercise = "5"
id = "no-weight"
edit = ["w * x", "x"]
hint = "Where is w?"
ask = "What is it where w is 0?"

[[exercise]]
key = "6"
title = "The slope of a neuron"
function = "slope"
holds = "how fast the neuron changes with x."
hint = "The sigmoid's slope, by the chain rule."
ask = "What is it where w is 0?"

[[misconception]]
exercise = "6"
id = "no-chain"
edit = ["w * neuron(x, w) *", "neuron(x, w) *"]
hint = "The chain rule multiplies by w."
ask = "What is it where w is 0?"
"""


@dataclass(frozen=True)
class Secrets:
    """Words that nobody can guess, each in one place; an attack that shows one has read that place."""

    source: str  # a comment in the solution
    table: str  # hidden.json
    test: str  # a comment in a hidden test: in source/ and in the gradebook
    gradebook: str  # a comment to another student
    neighbour: str  # another student's notebook
    home: str  # a file in the home directory of whoever grades
    environment: str  # a variable of the process that grades, and so in its memory
    proof: str  # given to the attack, which shows it when it sees that it has won

    @classmethod
    def fresh(cls) -> Secrets:
        return cls(*(f"{name}-{secrets.token_hex(8)}" for name in cls.__dataclass_fields__))


def write_source(folder: Path, hidden_words: Secrets, with_inputs: bool) -> Path:
    """Write the source notebook and its words into `folder`; `with_inputs` adds the cell that only freezing runs."""
    folder.mkdir(parents=True)
    cells = [
        new_markdown_cell("# Target", id="title"),
        new_code_cell(
            "import numpy as np\nfrom backprop import check, given", id="imports", metadata={"tags": ["setup"]}
        ),
    ]
    tests = _tests(hidden_words.test)
    for key, solution in SOLUTIONS.items():
        solved = f"### BEGIN SOLUTION\n# {hidden_words.source}\n{solution}\n### END SOLUTION"
        cells.append(_graded(f"exercise-{key}", solved))
        if key == "1" and with_inputs:
            cells.append(new_code_cell(INPUTS, id="inputs-1", metadata={"tags": ["examiner"]}))
        cells += [_graded(name, source, points) for name, source, points in tests[key]]
    path = folder / f"{NAME}.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    (folder / "misconceptions.toml").write_text(WORDS.format(secret=hidden_words.table), encoding="utf-8")
    return path


def tag(path: Path) -> None:
    """Let the tests of a source notebook run in the student's process; checks never do."""
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith(("test-", "unseen-")):
            cell.metadata["tags"] = ["within"]
    nbformat.write(nb, path)


def _tests(secret: str) -> dict[str, list[tuple[str, str, int]]]:
    """Return (grade_id, source, points) of the test cells of each exercise."""
    return {
        "1": [
            ("check-1", 'check("1", lambda: sigmoid(given("1")))', 10),
            ("hidden-1", _hidden('check("1.1", lambda: sigmoid(given("1.1")))', secret), 10),
        ],
        "2": [("test-2", _layer_test(2), 10), ("unseen-2", _hidden(_layer_test(3), secret), 10)],
        "3": [
            ("test-3", "net = Network(3)\nassert net.W.shape == (3, 2)\nassert net.steps == 0", 10),
            ("unseen-3", _hidden(_network_test(), secret), 10),
        ],
        "4": [
            ("test-4", f"assert total == {sum(range(101))}\nassert abs(float(grid[1, 1]) - {5.0**2}) < 1e-9", 10),
            ("unseen-4", _hidden(_grid_test(), secret), 10),
        ],
        "5": [
            ("check-5", 'check("5", lambda: neuron(*given("5")))', 10),
            ("hidden-5", _hidden('check("5.1", lambda: neuron(*given("5.1")))', secret), 10),
        ],
        "6": [
            ("check-6", 'check("6", lambda: slope(*given("6")))', 10),
            ("hidden-6", _hidden('check("6.1", lambda: slope(*given("6.1")))', secret), 10),
        ],
    }


def _hidden(source: str, secret: str) -> str:
    return f"### BEGIN HIDDEN TESTS\n# {secret}\n{source}\n### END HIDDEN TESTS"


def _layer_test(seed: int) -> str:
    inputs = f"np.random.seed({seed})\nX, W, b = np.random.randn(2, 3), np.random.randn(2, 2), np.random.randn(2, 1)"
    scope = _ran(SOLUTIONS["2"], inputs)
    expected = scope["layer"](scope["X"], scope["W"], scope["b"]).tolist()
    return f"{inputs}\nexpected = np.array({expected})\nnp.testing.assert_allclose(layer(X, W, b), expected, rtol=1e-6)"


def _network_test() -> str:
    use = "np.random.seed(4)\nnet = Network(2)\nfirst = net.forward(np.ones((2, 1)))"
    scope = _ran(SOLUTIONS["3"], use)
    return (
        f"{use}\nexpected = {scope['first'].ravel().tolist()}\n"
        "assert net.steps == 1\nassert all(abs(float(a) - b) < 1e-9 for a, b in zip(first.ravel(), expected))"
    )


def _grid_test() -> str:
    scope = _ran(SOLUTIONS["4"], "")
    return (
        f"assert isinstance(grid, np.ndarray)\nassert np.allclose(grid, {scope['grid'].tolist()})\nassert total > 5000"
    )


def _ran(*sources: str) -> dict:
    """Run the solutions above, and nothing else, and return their names."""
    scope = {"np": np}
    for source in sources:
        exec(source, scope)
    return scope


def _graded(grade_id: str, source: str, points: int | None = None):
    test = points is not None
    meta = {"grade_id": grade_id, "grade": test, "locked": test, "solution": not test, "task": False}
    meta |= {"schema_version": 3} | ({"points": points} if test else {})
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": meta})


def answered(released: Path, base: str) -> nbformat.NotebookNode:
    """Return the released notebook with the answers of `base` in it."""
    nb = nbformat.read(released, as_version=4)
    keys = ANSWERED[base]
    for cell in nb.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("exercise-") and grade_id[-1] in keys:
            cell.source = SOLUTIONS[grade_id[-1]]
    return nb


def hand_in(course: Path, student: str, base: str, note: str = "") -> Path:
    """Hand in an honest notebook of `student`, with `note` in a comment, and return its path."""
    nb = answered(course / "release" / NAME / f"{NAME}.ipynb", base)
    nb.cells.append(new_code_cell(f"# {note}", id="note"))
    return _write(course, student, nb)


def hand_in_attack(course: Path, attack: Attack, student: str, filled_in: dict[str, str]) -> Path:
    """Hand in a notebook of `student` with the attack in it, and return its path."""
    nb = answered(course / "release" / NAME / f"{NAME}.ipynb", attack.base)
    attack.put_into(nb, filled_in)
    path = _write(course, student, nb)
    if attack.hand_in:
        attack.hand_in(path.parent, path)
    return path


def _write(course: Path, student: str, nb: nbformat.NotebookNode) -> Path:
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    for file in (course / "release" / NAME).iterdir():
        if file.suffix != ".ipynb":
            shutil.copy(file, path.parent)
    path.write_text(json.dumps(nb), encoding="utf-8")  # as it is: nbformat would repair it
    return path
