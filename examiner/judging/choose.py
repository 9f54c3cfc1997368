"""Choose for each test of a notebook whether it is judged apart or within, by what the notebook's own solution shows.

The solution is run with all tests within, with all of them apart, and once more as chosen. It decides nothing by any
submission, and runs before there is one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from backprop.again import parsed

from ..course.cell_names import SURE, NotebookCell, bound, imported, read
from ..course.needs_process import modules_named, needs_process
from ..errors import ExaminerError
from .plan import APART, WITHIN, Chosen, Plan, Way
from .testcells import Tested

MOST_ROUNDS = 4
Run = Callable[[Plan], Mapping[str, Tested]]


@dataclass(frozen=True)
class Asked:
    """A test that is to be placed: its points, and the way that a tag asks for, if one does."""

    points: float
    tag: Way | None = None


def choose(cells: Sequence[NotebookCell], tests: Mapping[str, Asked], run: Run) -> Plan:
    """Return the plan of a notebook; `tests` are those to be placed, all others are apart.

    Raises `ExaminerError` with each test that the solution fails in both ways, or in the one that a tag asks for.
    """
    within = run(Plan.of(cells, {name: Chosen(WITHIN) for name in tests}))
    apart = run(Plan.of(cells, {name: Chosen(APART) for name in tests}))
    whose = Plan.of(cells).owned
    asks: dict[str, str] = {}
    before: set[str] = set()  # names that are bound so far
    helpers: dict[str, ast.FunctionDef] = {}  # of the source's
    modules: set[str] = set()  # by the names that cells give them
    for cell in cells:
        if cell.name in tests:
            called = _called(cell.source, helpers)
            asks[cell.name] = needs_process(cell.source, whose[cell.name], before, called, modules)
        elif cell.role != "test":
            before |= bound(cell.source) - imported(cell.source)
        if cell.role != "solution":
            modules |= modules_named(cell.source)
        if cell.role in SURE:
            helpers |= {node.name: node for node in parsed(cell.source)[1].body if isinstance(node, ast.FunctionDef)}
    ways = {name: _chosen(asked, apart[name], within[name], asks[name]) for name, asked in tests.items()}
    failing = {name: _failure(ways[name], tests[name], apart[name], within[name]) for name in tests}
    for _ in range(MOST_ROUNDS):
        _together(Plan.of(cells, ways), ways, tests)
        if len({chosen.way for chosen in ways.values()}) < 2:
            break
        mixed = run(Plan.of(cells, _known(ways, within)))
        late = [name for name in tests if not failing[name] and not mixed[name].passed]
        for name in late:
            if ways[name].way == WITHIN or tests[name].tag or not within[name].passed:
                failing[name] = f"among the others it fails: {said(mixed[name])}"
            ways[name] = Chosen(WITHIN, f"after the tests before it, it fails apart: {said(mixed[name])}")
        if not late:
            break
    wrong = [f"the test {name}: {why}" for name, why in failing.items() if why]
    if wrong:
        raise ExaminerError("The solution fails its own tests.\n" + "\n".join(wrong))
    return Plan.of(cells, _known(ways, within))


def _known(ways: Mapping[str, Chosen], within: Mapping[str, Tested]) -> dict[str, Chosen]:
    """Say with each test that runs within which values the solution changes before it."""
    return {
        name: replace(chosen, changing=within[name].changed) if chosen.way == WITHIN else chosen
        for name, chosen in ways.items()
    }


def _called(source: str, helpers: Mapping[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """Return the helpers that a test calls, and those that these call."""
    found: dict[str, ast.FunctionDef] = {}
    todo = [source]
    while todo:
        for name in read(todo.pop()) & helpers.keys() - found.keys():
            found[name] = helpers[name]
            todo.append(ast.unparse(helpers[name]))
    return list(found.values())


def _chosen(asked: Asked, apart: Tested, within: Tested, why: str) -> Chosen:
    if asked.tag:
        return Chosen(asked.tag, "a tag asks for it" if asked.tag == WITHIN else "")
    if within.passed and apart.passed and why:
        return Chosen(WITHIN, why)
    if not within.passed or (apart.passed and _points(apart, asked) == _points(within, asked)):
        return Chosen()
    if apart.passed:
        return Chosen(WITHIN, f"apart it gives {_points(apart, asked):g} points, not {_points(within, asked):g}")
    return Chosen(WITHIN, said(apart))


def _failure(chosen: Chosen, asked: Asked, apart: Tested, within: Tested) -> str:
    """Return why the solution fails a test in the way that was chosen; "" where it does not."""
    tested = apart if chosen.way == APART else within
    if tested.passed and tested.number is not None and not 0 <= tested.number <= asked.points:
        gives = f"its last line is {tested.number:g}, and its points go from 0 to {asked.points:g}"
        return f"{gives}, so it would give none. End that line with a semicolon, or compare it in an assert."
    if asked.tag:
        return "" if tested.passed else f"its tag asks for {asked.tag}, and there it fails: {said(tested)}"
    if tested.passed:
        return ""
    return f"within the student's process: {said(within)}; apart from it: {said(apart)}"


def _together(plan: Plan, ways: dict[str, Chosen], tests: Mapping[str, Asked]) -> None:
    """Let tests that use what other tests define run in the same way as those."""
    changed = True
    while changed:
        changed = False
        for name in tests:
            for other in plan.owned[name].needs & tests.keys():
                for one, its in ((name, other), (other, name)):
                    if ways[its].way == WITHIN and ways[one].way == APART and not tests[one].tag:
                        ways[one], changed = Chosen(WITHIN, f"it shares names with {its}, which runs there"), True


def _points(tested: Tested, asked: Asked) -> float:
    return asked.points if tested.number is None else tested.number


def said(tested: Tested) -> str:
    """Return in one line what a test failed with."""
    errors = [output for output in tested.outputs if output.output_type == "error"]
    if not errors:
        return "it fails"
    text = " ".join(f"{errors[-1].ename}: {errors[-1].evalue}".split()).removesuffix(":")
    return text if len(text) <= 200 else f"{text[:200]}…"
