"""Let one attack, or many, meet one side, and say what came of it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import boxes
import course as courses
import measure
import target
from attack import Attack

INSIDE, PAGE, BROWSE, TIMED = (
    Path(__file__).with_name(f"{name}.py") for name in ("inside", "pages", "browse", "timed")
)
HARM = {"change", "neighbour", "batch"}
EVERY = 8  # attacks: then comes an honest neighbour


@dataclass(frozen=True)
class Arena:
    """A course made for one side, and its secrets."""

    side: str
    folder: Path
    words: target.Secrets
    as_plain_user: bool = False  # whether root lets a user without rights grade

    @classmethod
    def make(cls, folder: Path, side: str, as_plain_user: bool = False) -> Arena:
        """Make the course in `folder`/course."""
        words = target.Secrets.fresh()
        courses.make(folder / "course", side, words)
        (folder / "home").mkdir()
        (folder / "home" / "private.txt").write_text(words.home)
        return cls(side, folder, words, as_plain_user)

    def prove(self) -> None:
        """Grade honest notebooks here; raises `RuntimeError` where one does not get what it should.

        What a first run leaves in the home directory is there afterwards, and no attack's doing.
        """
        expected = self.hand_in_honest()
        ended = self.grade(boxes.Outer(seconds=300))
        found = measure.scores(self.course)
        failed = any(self.result()["ended"])
        if ended or failed or any(found.get(name) != score for name, score in expected.items()):
            log = (self.folder / "log.txt").read_text(errors="replace")
            raise RuntimeError(f"{self.side} does not grade honest notebooks: {ended} {failed} {found}\n{log[-3000:]}")
        (self.folder / "home" / ".jupyter").mkdir(exist_ok=True)
        (self.folder / "home" / ".jupyter" / "migrated").write_text("")  # what a second run would leave
        for name in expected:
            for step in ("submitted", "autograded", "feedback"):
                shutil.rmtree(self.course / step / name, ignore_errors=True)

    @property
    def honest(self) -> dict[str, float]:
        """What honest notebooks score, by what they answer."""
        return target.HONEST[self.side]

    def copy(self, folder: Path) -> Arena:
        """Return a copy, to be attacked; the original stays as it is."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("socket", "result.json"))
        return replace(self, folder=folder)

    @property
    def course(self) -> Path:
        return self.folder / "course"

    def hand_in(self, attack: Attack, student: str) -> None:
        """Hand in the attack in the name of `student`."""
        filled_in = {
            "course": str(self.course),
            "home": str(self.folder / "home"),
            "name": attack.name,
            "student": student,
            "proof": self.words.proof,
            "port": str(target.PORT),
            "socket": str(self.folder / "socket"),
            "abstract": "redteam",
        }
        target.hand_in_attack(self.course, attack, student, filled_in)

    def hand_in_honest(self) -> dict[str, float]:
        """Hand in honest notebooks, and return what each student is to score."""
        target.hand_in(self.course, target.NEIGHBOUR, "right", self.words.neighbour)
        for base in self.honest:
            target.hand_in(self.course, f"honest-{base}", base)
        return {target.NEIGHBOUR: target.FULL} | {f"honest-{base}": score for base, score in self.honest.items()}

    def grade(
        self, outer: boxes.Outer, looked_at: Iterable[str] = (), only: str = "", browsed: Iterable[str] = ()
    ) -> str:
        """Grade everyone who is not graded yet, with the side's own commands; return what ended it from outside.

        `looked_at` are students of whom pages are written afterwards, and `browsed` those whose pages are then read in
        a browser; `only` this student is graded.
        """
        home = self.folder / "home"
        binaries = Path(sys.executable).parent
        environment = {
            "HOME": str(home),
            "PATH": f"{binaries}:/usr/local/bin:/usr/bin:/bin:/usr/sbin",
            "LANG": "C.UTF-8",
            "REDTEAM": self.words.environment,
            "MPLCONFIGDIR": str(self.folder / "matplotlib"),
            "PYTHONPATH": str(boxes.ROOT),
        }
        if self.side == "nbgrader":
            environment |= {
                "BACKPROP_HIDDEN": str(self.course / "source" / target.NAME / "hidden.json"),
                "OPENBLAS_NUM_THREADS": "1",
            }
            prefix = boxes.nbgrader_box(self.folder, environment)
            commands = [["nbgrader", "autograde", target.NAME, *([f"--student={only}"] if only else [])]]
        else:
            prefix = boxes.examiner_box(self.folder, environment, self.as_plain_user)
            commands = [[sys.executable, str(TIMED), "grade", target.NAME]]
        commands.append([sys.executable, str(PAGE), self.side, *looked_at])
        if browsed:
            commands.append([sys.executable, str(BROWSE), str(self.folder), *browsed])
        plan = {"commands": commands, "seconds": outer.seconds - 5, "cwd": str(self.course)}
        (self.folder / "plan.json").write_text(json.dumps(plan))
        return boxes.run([*prefix, sys.executable, str(INSIDE), str(self.folder)], outer, self.folder / "log.txt")

    def result(self) -> dict:
        """Return what was written down inside, or nothing where it was ended."""
        path = self.folder / "result.json"
        return json.loads(path.read_text()) if path.is_file() else {"ended": [], "arrived": [], "left": []}

    def seen(self) -> dict[str, list[str]]:
        """Return what the browser saw, by student."""
        path = self.folder / "seen.json"
        return json.loads(path.read_text()) if path.is_file() else {}


def alone(arena: Arena, folder: Path, attack: Attack, seconds: float = 240) -> measure.Outcome:
    """Let `attack` meet a copy of `arena` in `folder`, with a neighbour who is graded at the same time or next."""
    here = arena.copy(folder)
    student = attack.student or target.ATTACKER
    here.hand_in(attack, student)
    target.hand_in(here.course, target.NEIGHBOUR, "right", here.words.neighbour)
    # nbgrader takes seconds for a notebook, so a neighbour is graded only where one could be harmed.
    harms = here.side != "nbgrader" or HARM & {*attack.aims}
    outcome, around = _fought(here, {student: attack}, {target.NEIGHBOUR: target.FULL} if harms else {}, seconds)
    outcome[attack.name].got |= around
    return outcome[attack.name]


def together(
    arena: Arena, folder: Path, attacks: list[Attack], seconds: float = 600, in_browser: Container[str] | None = None
) -> tuple[dict[str, measure.Outcome], dict[str, str]]:
    """Let all `attacks` meet one copy of `arena` as one class, with honest neighbours in between.

    Pages of those that aim at acting are read in a browser: of all, or of the attacks named in `in_browser`.

    Returns the outcome of each attack, by name, and what happened around them that cannot be told of one: {aim: what}.
    """
    here = arena.copy(folder)
    students, neighbours = {}, here.hand_in_honest()
    for number, attack in enumerate(attacks):
        student = attack.student or f"s{number:03}-{attack.name}"
        students[student] = attack
        here.hand_in(attack, student)
        if number % EVERY == 0 and arena.side != "nbgrader":
            neighbours[f"s{number:03}-{target.NEIGHBOUR}"] = target.FULL
            target.hand_in(here.course, f"s{number:03}-{target.NEIGHBOUR}", "right")
    return _fought(here, students, neighbours, seconds, in_browser)


def _fought(
    here: Arena,
    students: dict[str, Attack],
    neighbours: dict[str, float],
    seconds: float,
    in_browser: Container[str] | None = None,
) -> tuple[dict[str, measure.Outcome], dict[str, str]]:
    """Grade, and measure what each attack got, and what happened around them."""
    books = [here.course / "submitted" / name / target.NAME / f"{target.NAME}.ipynb" for name in neighbours]
    before = measure.snapshot(here.course, books)
    said_before = measure.comments(here.course, target.GRADED_BEFORE)
    acting = [student for student, attack in students.items() if "act" in attack.aims]
    looked_at = acting if in_browser is not None or here.side == "nbgrader" else list(students)
    browsed = [student for student in acting if in_browser is None or students[student].name in in_browser]
    only = "" if neighbours else next(iter(students))
    ended = here.grade(boxes.Outer(seconds=seconds), looked_at, only, browsed)
    result, read, scores = here.result(), here.seen(), measure.scores(here.course)
    costs = measure.costs(here.course)
    outcomes = {}
    for student, attack in students.items():
        honest, points = here.honest[attack.base], scores.get(student)
        outcome = outcomes[attack.name] = measure.Outcome(attack.name, here.side, points, honest)
        if points is None:
            outcome.got["batch"] = "ends without a score"
        elif not points <= honest:
            outcome.got["points"] = f"+{points - honest:g} points"
        seen = measure.secrets_shown(measure.shown(here.course, student, here.side), here.words)
        if here.side != "nbgrader":  # the word for a proof stands in the source of the attack
            page = measure.on_page(here.course, student)
            seen += [word for word in measure.secrets_shown(page, here.words, ("proof",)) if word not in seen]
        if seen:
            outcome.got["prove" if seen == ["proof"] else "read"] = f"shows {', '.join(seen)}"
        if cost := costs.get(student):
            outcome.got["batch"] = cost
        if acts := read.get(student, ["no page could be read"] if student in browsed else []):
            outcome.got["act"] = "; ".join(acts)
        elif acts := measure.scripts(here.course, student):
            outcome.got["act"] = f"{acts[0]} in feedback"
    around = {}
    touched = measure.changed(before, measure.snapshot(here.course, books))
    said = measure.comments(here.course, target.GRADED_BEFORE)
    if scores.get(target.GRADED_BEFORE) != target.FULL or said_before != said:
        touched.append("another student's grade")
    if touched:
        around["change"] = f"changes {', '.join(touched[:4])}"
    if ended or "time" in result["ended"]:
        around["batch"] = ended or "grading never ends"
    elif here.side != "nbgrader" and any(result["ended"]):
        said = (here.folder / "log.txt").read_text(encoding="utf-8", errors="replace")
        around["batch"] = f"a command fails: {result['ended']} {said[said.rfind('Traceback') :][:2000]}"
    for name, score in neighbours.items():
        if scores.get(name) != score:
            around["neighbour"] = f"another submission gets {scores.get(name)} points, not {score}"
    if result["arrived"]:
        around["connection"] = f"reaches {', '.join(sorted({where for where, _ in result['arrived']}))}"
    if result["left"]:
        around["survive"] = f"leaves {len(result['left'])} processes"
    if measure.escapes(here.folder / "log.txt"):
        around["act"] = "an escape in the terminal"
    return outcomes, around
