"""Draft misconceptions from a graded class: answers without a name, grouped by what they gave.

It reads what grading has left in `autograded/`, and runs edits of the instructor's own solution. No code of a student's
runs.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import nbformat

from backprop.answers.unparsed import BROKEN

from ..course.folders import Course
from ..course.source_notebook import SOLUTION_PREFIX, grade_id
from ..freezing.freeze import solved
from ..freezing.recording_session import SECOND
from ..freezing.search import Draft, search
from ..freezing.source import Source
from ..report import drafts
from ..submission import notes
from .report import verdicts

MOST_LINES = 30  # of an example


@dataclass
class Group:
    """Answers to one exercise that gave the same on all checks."""

    exercise: str
    seen: dict[str, list | None]  # by check: the fingerprints of what came back, None where it was right
    example: str
    students: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # of each student, as written


def groups(course: Course, assignment: str) -> list[Group]:
    """Return the answers without a name, those of most students first."""
    found: dict[str, Group] = {}
    for student in _students(course, assignment):
        said: dict[str, dict[str, dict]] = {}
        for verdict in verdicts(course, student, assignment):
            on_second = SECOND if verdict.get("second_input") else ""
            said.setdefault(verdict["exercise"], {})[verdict["key"] + on_second] = verdict
        for exercise, checks in said.items():
            failed = [verdict for verdict in checks.values() if not verdict["passed"]]
            if not failed or any(v["misconception"] or v["first"] or not v.get("came") for v in failed):
                continue
            seen = {key: None if verdict["passed"] else verdict["came"] for key, verdict in checks.items()}
            key = f"{exercise} {json.dumps(_rounded(seen))}"
            answer = _answer(course, student, assignment, exercise)
            group = found.setdefault(key, Group(exercise, seen, _example(answer)))
            group.students.append(student)
            group.answers.append(answer)
    return sorted(found.values(), key=lambda group: -len(group.students))


def _students(course: Course, assignment: str) -> list[str]:
    return sorted(path.parent.name for path in (course.root / "autograded").glob(f"*/{assignment}"))


def _rounded(seen):
    """Return nested data with numbers of six digits, so that the same values of two machines are one."""
    if isinstance(seen, dict):
        return {key: _rounded(part) for key, part in seen.items()}
    if isinstance(seen, list):
        return [_rounded(part) for part in seen]
    return f"{seen:.6g}" if isinstance(seen, float) else seen


def _answer(course: Course, student: str, assignment: str, exercise: str) -> str:
    """Return a student's answer as it was written."""
    for path in filter(notes.finished, sorted((course.root / "autograded" / student / assignment).glob("*.ipynb"))):
        for cell in nbformat.read(path, as_version=4).cells:
            if grade_id(cell) == SOLUTION_PREFIX + exercise:
                return cell.source
    return ""


def _example(answer: str) -> str:
    """Return an answer without comments and docstrings, in which names of people are to be found."""
    try:
        return "\n".join(_without_comments(answer).splitlines()[:MOST_LINES])
    except BROKEN:
        return ""


def _without_comments(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and len(body) > 1:
            node.body = [line for line in body if not _text(line)]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _text(line: ast.AST) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def learn(course: Course, assignment: str) -> Iterator[str]:
    """Yield a draft for each group, as text to be worked into `misconceptions.toml`, and keep them for the report."""
    source = Source.read(course.notebook(assignment))
    inputs, want = solved(source)
    found: dict[str, str] = {}
    for number, group in enumerate(groups(course, assignment), start=1):
        draft = search(source, group.exercise, inputs, want, group.seen)
        if draft:
            found |= {drafts.mark(group.exercise, answer): _toml(group, draft, number) for answer in group.answers}
        yield as_text(group, draft, number)
    drafts.keep(course.root, assignment, found)


def as_text(group: Group, draft: Draft | None, number: int) -> str:
    """Return a group as TOML: the draft of a misconception where one was found, and one example as a comment."""
    many = f"{len(group.students)} student{'' if len(group.students) == 1 else 's'}"
    example = "\n".join(f"#     {line}".rstrip() for line in group.example.splitlines())
    if draft is None:
        nothing = "no edit of the solution gives the same result. One of the answers:"
        return f"# Exercise {group.exercise}: {many}; {nothing}\n{example}\n"
    return f"# {many}; one of the answers:\n{example}\n{_toml(group, draft, number)}"


def _toml(group: Group, draft: Draft, number: int) -> str:
    edits = ",\n    ".join(f"[{_quoted(old)}, {_quoted(new)}]" for old, new in draft.changes)
    return (
        f'[[misconception]]\nexercise = "{group.exercise}"\nid = "draft-{number}"\nedits = [\n    {edits},\n]\n'
        f"hint = {_quoted(draft.hint)}\nask = {_quoted(draft.ask)}\n"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # which is a basic string of TOML too
