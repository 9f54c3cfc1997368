"""What a notebook's checks know of each other: the tables of its folder, and which exercises are right so far.

`given` and `check` ask the current session. A student's notebook has the one made here; `examiner freeze` puts one in
its place that records instead of judging.
"""

from __future__ import annotations

import ast
import contextlib
import io
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .answers import ran_cells, unparsed
from .answers.attempt import TIME_LIMIT, Attempt, attempt
from .answers.changes import Change, copied, find, first_change
from .answers.compare import agree, as_numbers
from .answers.one_change import IN_PLACE, STAGES, one_change
from .answers.plain import plain
from .answers.small_changes.candidates import MOST as MOST_CHANGES
from .answers.small_changes.candidates import OneChange
from .answers.stand_ins import standing_in, unlike
from .answers.steps import Step, followed, function_named
from .answers.tables import Check, Exercise, load
from .errors import CourseFileError
from .explain import attempts
from .explain.attempts import Earlier, earlier_of, if_it_lasts, of_second, only_there, told_again, with_earlier
from .explain.diagnose import diagnose
from .explain.exceptions import UNANSWERED
from .explain.verdict import Verdict
from .quiz import judge_quiz

# For all changes to a wrong answer together, of a processor: nearly all take a tenth of that, however busy the machine.
MENDING_SECONDS = 2.0
MENDING_PATIENCE = 10.0  # seconds by the clock
MOST_COSTS = 100_000
ONE_TRY = 0.5  # a change may make a line that never ends, such as a list that is put into itself


class Session:
    """Judges answers by the frozen tables of the folder in which the notebook runs."""

    seconds = TIME_LIMIT  # for each check
    remembers = True  # whether a second attempt is told more than the first
    explains = True  # whether anybody reads why an answer is wrong
    mends = True  # whether small changes to a wrong answer are tried
    display: Callable[[dict], None] | None = None  # shows a verdict, {MIME type: data}; None leaves it to IPython
    again: Callable[[tuple[str, ...], dict], dict] | None = None  # for `again`, where cells run in another process

    assignment = ""  # where its name is known, its tables are found also where only the notebook is

    def __init__(self, folder: Path | str | None = None):
        self.folder = folder
        self.passed: set[str] = set()
        self._handed: list[tuple[Any, Any]] = []  # inputs, and copies of them as they were
        self.missed: dict[str, set[str]] = {}  # wrong choices in each quiz
        self.suspected: dict[str, str] = {}  # the misconception that an exercise has shown last
        self.wrong: dict[str, list[Earlier]] = {}  # the wrong answers that an exercise has seen
        self._on_second: set[str] = set()  # the checks that `given` hands the second input
        self.kept: dict[str, list[dict]] = {}  # at each check, where the course asks for it
        self.evidence: dict[str, list] = {}  # what its checks have shown since its visible one

    @property
    def tables(self):
        """The tables, of the folder in which the first check was run: a later `os.chdir` does not lose them."""
        folder = self.folder or Path.cwd()
        tables = load(folder, self.assignment)
        self.folder = folder
        return tables

    def attempt(self, answer) -> Attempt:
        return attempt(answer, self.seconds)

    def runs_again(self, key: str) -> bool:
        """Say whether a wrong answer runs once more, to see whether it does the same."""
        return self.explains

    def handed_out(self, value) -> None:
        """Remember inputs as they are now."""
        # A list may hold the arguments of several calls.
        calls = [one for one in value if isinstance(one, tuple)] if isinstance(value, list) else []
        self._handed += [(one, copied(one)) for one in (*calls, value)]

    def change(self, key: str, names: Mapping[str, object]) -> Change | None:
        """Return which of the inputs handed out last is another than before; `names` are those of the notebook."""
        handed, self._handed = self._handed, []
        for now, before in handed:
            several = isinstance(now, tuple)
            place = first_change(now if several else (now,), before if several else (before,))
            if place is not None:
                check = self.tables.checks.get(key)
                function = names.get(check.exercise.function.split(",")[0]) if check else None
                return find(function, place) if callable(function) else Change(place)
        return None

    def follow(self, key: str, answer: Callable, seed: int, names: Mapping[str, object]) -> list[Step]:
        """Run `answer` once more, and return what each line of the exercise's function binds."""
        with self.followed(self.tables.check(key).exercise.function, names) as steps:
            self.attempt_again(answer, seed)
        return steps

    def mended(
        self,
        key: str,
        answer: Callable,
        seed: int,
        names: Mapping[str, object],
        lines: Sequence[int],
        believable: Callable[[Sequence[Step], OneChange], bool],
        whole: bool = True,
    ) -> OneChange | None:
        """Return the first small change to one of these lines with which the answer is right on all inputs.

        What the line then does has to be `believable` too: two mistakes may cancel each other. Where the answer is not
        asked for as a `whole`, that is enough.
        """
        function, seconds = self.tables.check(key).exercise.function, self.seconds
        until, latest = time.process_time() + MENDING_SECONDS, time.monotonic() + MENDING_PATIENCE
        self.seconds = ONE_TRY
        try:
            for stage, line in _tries(lines, whole):
                for number in range(stage * MOST_CHANGES, (stage + 1) * MOST_CHANGES):
                    with self.quiet(), self.one_change(function, names, line, number) as told:
                        right = not whole or self._right_on_all(key, answer, seed, names)
                        if right and told and believable(self.follow(key, answer, seed, names), told[0]):
                            return told[0]
                    if time.process_time() > until or time.monotonic() > latest:
                        return None
                    if not told:  # there are no more
                        break
        finally:
            self.seconds = seconds
        return None

    def _right_on_all(self, key: str, answer: Callable, seed: int, names: Mapping[str, object]) -> bool:
        check = self.tables.check(key)
        if not self._right(check, self.tried(key, answer, seed, names)):
            return False
        if not check.second:
            return True
        with self.on_second(key):
            return self._right(check.second, self.tried(key, answer, seed, names))

    def _right(self, check: Check, tried: Attempt) -> bool:
        same = not tried.trouble and agree(tried.value, check.want)
        return same and diagnose(check, tried, self.tables.exercises).passed

    def tried(self, key: str, answer, seed: int, names: Mapping[str, object]) -> Attempt:
        """Run an answer with `np.random` seeded by `seed`; the notebook's own random numbers go on as before."""
        before = np.random.get_state()
        np.random.seed(seed)
        try:
            tried = self.attempt(answer)
        finally:
            np.random.set_state(before)
        return replace(tried, change=self.change(key, names))

    def one_change(
        self, function: str, names: Mapping[str, object], line: int, number: int
    ) -> contextlib.AbstractContextManager[list[OneChange]]:
        """Let `function` run with one change to a line; `names` are those of the notebook."""
        return one_change(function_named(names, function), line, number)

    def quiet(self) -> contextlib.AbstractContextManager:
        """Let nothing be printed for a while."""
        return contextlib.redirect_stdout(io.StringIO())

    def attempt_again(self, answer: Callable, seed: int) -> Attempt:
        """Run `answer` once more, with the same random numbers as before."""
        before = np.random.get_state()
        np.random.seed(seed)
        try:
            with self.quiet():  # what it prints has been seen
                return self.attempt(answer)
        finally:
            np.random.set_state(before)
            self._handed = []

    def blame_earlier(
        self, key: str, answer: Callable, seed: int, names: MutableMapping[str, object], verdict: Verdict
    ) -> Verdict:
        """Return the verdict, with a sentence on an earlier answer where this one is right but for that."""
        check = self.tables.checks.get(key)
        if (
            check is None
            or verdict.second_input
            or not check.earlier
            or verdict.kind in ("unanswered", "arguments", "syntax", "older version", "too slow")
        ):
            return verdict
        with standing_in(names, check.earlier):
            right = diagnose(check, self.attempt_again(answer, seed), self.tables.exercises).passed
        return with_earlier(verdict, *unlike(names, check.earlier)) if right else verdict

    def followed(self, function: str, names: Mapping[str, object]) -> contextlib.AbstractContextManager[list[Step]]:
        """Collect what the lines of `function` bind while it runs; `names` are those of the notebook."""
        return followed(function_named(names, function))

    def given(self, key: str, number: int = 1):
        check = self.tables.check(key)
        second = check.second if key in self._on_second or number == 2 else None
        return (second or check).given()

    def has_second(self, key: str) -> bool:
        """Say whether a check runs on a second input too."""
        try:
            check = self.tables.checks.get(key)
        except CourseFileError:  # which is said when the answer is judged
            return False
        return check is not None and check.second is not None

    @contextlib.contextmanager
    def on_second(self, key: str) -> Iterator[None]:
        """Let `given` hand out the second input of a check for a while, in which nothing is printed a second time."""
        self._on_second.add(key)
        try:
            with self.quiet():
                yield
        finally:
            self._on_second.discard(key)

    def quiz(self, key: str) -> dict:
        return self.tables.quiz(key)

    def sources(self, names: Mapping[str, object]) -> Sequence[str]:
        """Return the cells that were run, in order; `names` are those of the notebook."""
        ran = names.get("In", ())
        return unparsed.looked_through(ran) if isinstance(ran, list | tuple) else []  # a student's may be another

    def older_version(self, key: str, names: Mapping[str, object]) -> str:
        """Return why what the notebook calls the exercise's function is not what its cell holds now, or ""."""
        exercise = self.tables.exercises.get(key.split(".")[0]) if ran_cells.runs else None
        functions = functions_of(exercise) if exercise else []
        found = (ran_cells.older_version(name, names.get(name)) for name in functions)
        return next(filter(None, found), "")

    def unparsed(self, key: str, tried: Attempt, names: Mapping[str, object]) -> str:
        """Return what is wrong with the cell of a missing answer, where that cell is no Python."""
        trouble = tried.trouble
        if not trouble or not (trouble.missing_name or trouble.kind in UNANSWERED):
            return ""
        exercise = self.tables.exercises.get(key.split(".")[0])
        if not exercise:
            return ""
        name = trouble.missing_name or next(iter(functions_of(exercise)), "")
        return unparsed.sentence(self.sources(names), name) if name else ""

    def stopped(self, tried: Attempt) -> str:
        """Return the error in which the cell ended that should give a missing name its value, or ""."""
        return ran_cells.stopped(tried.trouble.missing_name) if tried.trouble and tried.trouble.missing_name else ""

    def misspelt(self, key: str, tried: Attempt, names: Mapping[str, object]) -> tuple[str, str] | None:
        """Return a name of the exercise's that is missing, with one like it that a cell gives a value, if there is one.

        Names that other exercises ask for are none.
        """
        missing = tried.trouble.missing_name if tried.trouble else ""
        exercise = self.tables.exercises.get(key.split(".")[0]) if missing else None
        if not exercise or missing not in functions_of(exercise):
            return None
        others = {one for exercise in self.tables.exercises.values() for one in functions_of(exercise)}
        near = unparsed.near(missing, self.sources(names), others)
        return (missing, near) if near else None

    def curve(self, key: str, names: Mapping[str, object]) -> np.ndarray | None:
        """Return the costs of the training that an exercise is about, as the notebook has them; None where there are
        none that can be read."""
        check = self.tables.check(key)
        if check.hidden or not check.exercise.curve:
            return None
        with contextlib.suppress(Exception):  # a student may have put anything there
            costs = as_numbers(plain(names[check.exercise.curve]))
            return costs.astype(float) if costs is not None and costs.ndim == 1 and costs.size <= MOST_COSTS else None
        return None

    def answer_text(self, key: str, names: Mapping[str, object]) -> ast.Module:
        """Return the cell of the answer, with the cells of the student's own functions that it uses."""
        asked_for = {key: functions_of(exercise) for key, exercise in self.tables.exercises.items()}
        mine = asked_for.get(key.split(".")[0], [])
        others = {name for some in asked_for.values() for name in some}
        return unparsed.cells_of(self.sources(names), mine, others)

    @property
    def failed(self) -> set[str]:
        """The exercises whose visible check was run, and is not passed."""
        return self.suspected.keys() - self.passed

    def judge(self, key: str, attempt: Attempt) -> Verdict | None:
        """Return the verdict on `attempt`, and remember whether the exercise's visible check is passed.

        None comes only from a session that records and judges nothing.
        """
        tables, tried = self.tables, attempt
        if key in tables.quizzes:
            missed = self.missed.setdefault(key, set())
            verdict = judge_quiz(tables.quizzes[key], attempt, tables.exercises, missed)
            if verdict.kind == "value":
                missed.add(verdict.returned)
        else:
            check = tables.check(key)
            suspected = self.suspected.get(check.exercise.key, "")
            earlier = self.evidence.get(check.exercise.key, []) if check.hidden else []
            how = (tables.exercises, self.passed, self.failed, suspected, earlier)
            verdict = diagnose(check, attempt, *how)
            first_passed, second = verdict.passed, attempt.second
            if verdict.passed and second and check.second:
                verdict = diagnose(only_there(check), second, *how)
                if not verdict.passed:
                    verdict, attempt = if_it_lasts(of_second(verdict, check.exercise), tried, second), second
            if self.remembers and not verdict.passed and not check.hidden:
                before = self.wrong.setdefault(check.exercise.key, [])
                now = earlier_of(verdict, attempt, check)
                verdict = told_again(verdict, check.exercise, now, before)
                before.append(now)
            if not tried.trouble and not check.is_dwarfed_by(tried.value):
                shown = [(check, tried.value, first_passed)]
                if verdict.passed and second and check.second:
                    shown.append((check.second, second.value, True))
                self.evidence[check.exercise.key] = [*earlier, *shown]
        if self.remembers and tables.keep_attempts and not verdict.hidden:
            self.kept.setdefault(key, []).append(attempts.kept(verdict))
        if verdict.misconception or not verdict.hidden:
            self.suspected[verdict.exercise] = verdict.misconception
        if not verdict.hidden:
            (self.passed.add if verdict.passed else self.passed.discard)(verdict.exercise)
        return verdict

    def progress(self) -> str:
        """Return the progress of the notebook, as "5 of 10 exercises · 20 of 40 visible points".

        A notebook that gives no points does not speak of points.
        """
        exercises = self.tables.exercises.values()
        counted = [e for e in exercises if not e.extra]
        done = [e for e in counted if e.key in self.passed]
        points, total = (sum(e.points for e in some) for some in (done, counted))
        extra = " · extra credit" if any(e.extra and e.key in self.passed for e in exercises) else ""
        of_points = f" · {points:g} of {total:g} visible points" if total else ""
        return f"{len(done)} of {len(counted)} exercises{of_points}{extra}"


def _tries(lines: Sequence[int], whole: bool) -> list[tuple[int, int]]:
    """Return which stage of changes is tried at which line, in order; a slip in several lines begins at the first."""
    last = len(STAGES) - 1
    return [(stage, line) for stage in range(len(STAGES) if whole else IN_PLACE)
            for line in (sorted(lines) if stage == last else lines)]  # fmt: skip


def functions_of(exercise: Exercise) -> list[str]:
    """Return the names that an exercise asks for: of a method that of its class."""
    return [said.strip().split(".")[0] for said in exercise.function.split(",") if said.strip()]


_current: Session = Session()


def current() -> Session:
    """Return the session that `given` and `check` ask."""
    return _current


@contextlib.contextmanager
def use(session: Session):
    """Let `given` and `check` ask `session` for a while."""
    global _current
    before, _current = _current, session
    try:
        yield session
    finally:
        _current = before
