"""An attack: a file in `attacks/`, and how it is put into a submission.

A file says in its docstring what it tries, and holds

    aims = "points"             what would be success: one or several of AIMS
    kind = "AST transformers"   the words of KINDS in `kinds.py` that it stands for
    cell = '''…'''              hostile code, as text: it is put into a cell of its own, the first after the imports
    cells = {place: '''…'''}    or into other places: "exercise-2" (an answer), "before unseen-2", "last"

and, where the defaults do not fit,

    base = "half"               what else is answered: "nothing", "half", "right" or "last", as in `target.py`
    on_nbgrader = False         run against the examiner alone: it kills, floods, or never ends
    student = "…"               another name of the attacker
    def change(nb): …           a change of the notebook that is handed in
    def hand_in(folder, path)   a change of the folder that is handed in; `path` is the notebook in it

Nothing hostile runs when a file is read: code is text until a grader runs it, and the two functions only write files.
In the text, `<<wires>>` stands for WIRES below; `<<course>>`, `<<home>>`, `<<name>>`, `<<student>>`, `<<proof>>`,
`<<port>>`, `<<socket>>` and `<<abstract>>` are filled in.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

FOLDER = Path(__file__).parent / "attacks"
AIMS = {
    "points": "a score above that of the same notebook without the attack",
    "read": "a secret of the course, of a neighbour or of the grader's process in the attacker's outputs",
    "change": "a file of the course, the home directory or a neighbour, or a neighbour's grade, is another than before",
    "neighbour": "a submission graded at the same time or next gets another score than alone",
    "batch": "the grader stops, hangs, or leaves a submission without a score",
    "connection": "a connection or a packet arrives at a listener that the test opened on loopback",
    "survive": "a process of the submission is left when grading is over",
    "act": "a script would run in the browser that shows the work, or an escape reaches the terminal that shows scores",
    "prove": "the attack holds a right that it should not have, and says so",
}
# How student code finds the line to the examiner: `wires` are sockets, and `send` writes a message as it should be.
WIRES = """
import os, socket, stat, struct
from examiner.wire import encode

wires = []
for number in range(3, 1024):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            wires.append(socket.socket(fileno=os.dup(number)))
    except OSError:
        pass

def send(message):
    data = encode(message)
    for wire in wires:
        try:
            wire.sendall(struct.pack(">I", len(data)) + data)
        except OSError:
            pass
"""


@dataclass(frozen=True)
class Attack:
    """What one file in `attacks/` says."""

    name: str
    group: str
    tries: str
    kind: str
    aims: tuple[str, ...]
    base: str = "nothing"
    on_nbgrader: bool = True
    student: str = ""
    cells: dict[str, str] = field(default_factory=dict, repr=False)
    change: Callable[[NotebookNode], None] | None = field(default=None, repr=False)
    hand_in: Callable[[Path, Path], None] | None = field(default=None, repr=False)

    def put_into(self, nb: NotebookNode, filled_in: dict[str, str]) -> None:
        """Put the attack into the notebook `nb`."""
        for place, source in self.cells.items():
            source = source.replace("<<wires>>", WIRES)
            for word, value in filled_in.items():
                source = source.replace(f"<<{word}>>", value)
            _put(nb, place, source.strip("\n"))
        if self.change:
            self.change(nb)


def load(path: Path) -> Attack:
    """Read the attack in the file `path`; raises `ValueError` where it does not say what it has to."""
    said = runpy.run_path(str(path))
    aims = tuple(said.get("aims", "").split())
    if not said.get("__doc__") or not said.get("kind") or not aims or set(aims) - AIMS.keys():
        raise ValueError(f"{path} needs a docstring, a kind, and aims out of {', '.join(AIMS)}")
    cells = ({"first": said["cell"]} if "cell" in said else {}) | said.get("cells", {})
    return Attack(
        name=path.stem,
        group=path.parent.name,
        tries=" ".join(said["__doc__"].split("\n\n")[0].split()),
        kind=said["kind"],
        aims=aims,
        base=said.get("base", "nothing"),
        on_nbgrader=said.get("on_nbgrader", True),
        student=said.get("student", ""),
        cells=cells,
        change=said.get("change"),
        hand_in=said.get("hand_in"),
    )


def every_attack() -> list[Attack]:
    """Return all attacks, by group and name."""
    return [load(path) for path in sorted(FOLDER.glob("*/*.py"))]


def _put(nb: NotebookNode, place: str, source: str) -> None:
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id") for cell in nb.cells]
    if place in ids:
        nb.cells[ids.index(place)].source = source
        return
    new = new_code_cell(source, id=f"attack-{len(nb.cells)}")
    if place == "first":
        nb.cells.insert(ids.index("imports") + 1, new)
    elif place == "last":
        nb.cells.append(new)
    else:
        side, beside = place.split()
        nb.cells.insert(ids.index(beside) + (side == "after"), new)
