"""Say at once whether a notebook can run where it was opened, and if it cannot, how to put that right.

It answers one question: is Python, a package, the kernel or the folder not what the course needs? It installs nothing
and changes nothing. Where this package cannot be imported at all, a notebook's first cell has to say so itself.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import os
import re
import shlex
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from . import session
from .answers.tables import CHECKS_FILE, load
from .errors import CourseFileError
from .explain.describe import listed
from .explain.render import card
from .notebook_display import notebook_display

PYTHON = (3, 11)
NEEDED = {"numpy": 2, "matplotlib": 3, "ipywidgets": 8, "anywidget": 0}  # major versions
OPTIONAL = "tensorflow"

TERMINAL = "Close JupyterLab, and run in a terminal"


@dataclass(frozen=True)
class Facts:
    """What can be known, inside a kernel, of the place in which a notebook runs."""

    python: tuple[int, int]
    environment: str  # where the kernel's packages are
    versions: dict[str, str | None]  # of packages; None where one is missing, "" where it does not tell
    folder: str
    tables: str = "here"  # or "missing", "damaged"
    writable: bool = True
    owned: bool = True  # whether the folder is the student's own
    course: str = ""  # the folder in which `make lab` works, where there is one
    in_courses_environment: bool = False  # whether the kernel is that of the course's own .venv
    other_server: str = ""  # JupyterLab's environment, where that is known and another one
    release: str = ""  # the folder from which tables can be copied, where there is one


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be, in one sentence, and what puts it right."""

    sentence: str
    where: str  # "Close JupyterLab, and run in a terminal", "Run in a new cell", …
    command: str


def problems(facts: Facts) -> list[Problem]:
    """Return what is wrong with the set-up, the gravest first; an empty list where all is well."""
    return [*_of_python(facts), *_of_packages(facts), *_of_tables(facts), *_of_writing(facts)]


def _of_python(facts: Facts) -> list[Problem]:
    if facts.python >= PYTHON:
        return []
    is_, needs = (".".join(map(str, version)) for version in (facts.python, PYTHON))
    return [Problem(f"This is Python {is_}, and the course needs {needs} or newer.", *_make_lab(facts))]


def _of_packages(facts: Facts) -> list[Problem]:
    found = {name: facts.versions.get(name) for name in NEEDED}
    missing = [name for name, version in found.items() if version is None]
    other = [name for name, version in found.items() if version and not _is_version(NEEDED[name], version)]
    if not missing and not other:
        return []
    complaints = [f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing"] if missing else []
    complaints += [f"{name} is version {facts.versions[name]} instead of {NEEDED[name]}" for name in other]
    what = listed(complaints)
    if facts.other_server and not facts.in_courses_environment:
        sentence = (
            f"This notebook's kernel is not JupyterLab's own ({facts.other_server}) but the one in "
            f"{facts.environment}, and there {what}."
        )
        return [Problem(sentence, "Choose in the menu", "Kernel > Change Kernel… > Python 3 (ipykernel)")]
    sentence = f"In the Python that runs this notebook ({facts.environment}), {what}."
    if facts.course:
        return [Problem(sentence, *_make_lab(facts))]
    wanted = " ".join(f'"{name}>={NEEDED[name]},<{NEEDED[name] + 1}"' for name in missing + other)
    return [Problem(sentence, "Run in a new cell, and then restart the kernel", f"%pip install {wanted}")]


def _is_version(major: int, version: str) -> bool:
    """Say whether `version` is one of `major`, as far as it tells."""
    number = re.match(r"\d+", version)
    return number is None or int(number[0]) == major


def _of_tables(facts: Facts) -> list[Problem]:
    if facts.tables == "here":
        return []
    is_not = f"is not in {facts.folder}" if facts.tables == "missing" else f"in {facts.folder} cannot be read"
    sentence = f"{CHECKS_FILE} {is_not}, where this notebook runs, so its checks have nothing to compare with."
    if facts.release:
        target = shlex.quote(facts.folder)
        return [Problem(sentence, "Run in a terminal", f"cp {shlex.quote(facts.release)}/{CHECKS_FILE} {target}/")]
    return [Problem(sentence, *_make_lab(facts))]


def _of_writing(facts: Facts) -> list[Problem]:
    if facts.writable:
        return []
    sentence = f"Nothing can be saved in {facts.folder}: the folder, or a notebook in it, is read-only."
    folder = shlex.quote(facts.folder)
    if facts.owned:
        return [Problem(sentence, "Run in a terminal", f"chmod -R u+w {folder}")]
    copy = "~/" + shlex.quote(Path(facts.folder).name)
    command = f"cp -r {folder} {copy} && chmod -R u+w {copy}"
    return [Problem(sentence, "Make a copy of your own, and open that copy. Run in a terminal", command)]


def _make_lab(facts: Facts) -> tuple[str, str]:
    """Return the one command that makes the course's environment, copies what is lost, and opens both."""
    if facts.course:
        return TERMINAL, f"make -C {shlex.quote(facts.course)} lab"
    return f"{TERMINAL}, in the folder of the course", "make lab"


# ----------------------------------------------------------------------------------------------------- the facts


def facts_here() -> Facts:
    """Gather the facts about this very kernel and the folder it runs in."""
    folder = Path.cwd()
    root = Path(__file__).resolve().parents[1]
    course = str(root) if (root / "Makefile").is_file() and (root / "requirements.txt").is_file() else ""
    # Jupyter tells a kernel the path of its notebook, from which follows the name of the assignment.
    release = root / "release" / Path(os.environ.get("JPY_SESSION_NAME", "")).stem
    return Facts(
        python=sys.version_info[:2],
        environment=sys.prefix,
        versions={name: _version(name) for name in (*NEEDED, OPTIONAL)},
        folder=str(folder),
        tables=_tables(folder),
        writable=all(os.access(path, os.W_OK) for path in (folder, *folder.glob("*.ipynb"))),
        owned=not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid(),
        course=course,
        in_courses_environment=_same(sys.prefix, root / ".venv"),
        other_server=_other_server(),
        release=str(release) if (release / CHECKS_FILE).is_file() else "",
    )


def _version(package: str) -> str | None:
    with contextlib.suppress(ValueError):  # imported already, by something that hides from where
        if importlib.util.find_spec(package) is None:
            return None
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _tables(folder: Path) -> str:
    try:
        load(folder, session.current().assignment)
    except CourseFileError:
        return "damaged" if (folder / CHECKS_FILE).is_file() else "missing"
    return "here"


def _other_server() -> str:
    """Return the environment of the Python that runs JupyterLab, or "" where it is the kernel's, or not known."""
    with contextlib.suppress(Exception):  # no such process, one that may not be looked at, no psutil
        import psutil  # not declared: without it only this look is left out

        program = Path(psutil.Process(int(os.environ["JPY_PARENT_PID"])).cmdline()[0])
        server = program.parent.parent
        known = os.name == "posix" and program.is_absolute() and program.name.startswith("python")
        return str(server) if known and not _same(server, sys.prefix) else ""
    return ""


def _same(one: str | Path, other: str | Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


# --------------------------------------------------------------------------------------------------- what is said


def check_setup() -> None:
    """Say in one line that this notebook can run here, or what is wrong and which command puts it right.

    It raises nothing: what is wrong with the set-up stops no cell that could run all the same.
    """
    facts = facts_here()
    found = problems(facts)
    text = as_text(found, facts)
    display = notebook_display()
    if display is None:
        print(text)
    else:
        display({"text/plain": text, "text/html": as_html(found, facts)})


def as_text(found: list[Problem], facts: Facts) -> str:
    """Return the outcome as lines of text."""
    if not found:
        return _all_is_well(facts)
    lines = [_headline(found)]
    for problem in found:
        lines += ["", f"  {problem.sentence}", f"  {problem.where}:", f"      {problem.command}"]
    return "\n".join(lines)


def as_html(found: list[Problem], facts: Facts) -> str:
    """Return the same as HTML, green or red in the colours of JupyterLab's theme."""
    colour = "var(--jp-error-color1, #c62828)" if found else "var(--jp-success-color1, #2e7d32)"
    head, _, rest = (_headline(found) if found else _all_is_well(facts)).partition(":")
    head = f'<span style="color:{colour}"><strong>{escape(head)}</strong>:{escape(rest)}</span>'
    body = "".join(
        f'<p style="margin:6px 0 0 0">{escape(problem.sentence)}<br>{escape(problem.where)}:<br>'
        f"<code>{escape(problem.command)}</code></p>"
        for problem in found
    )
    return card(colour, head + body)


def _headline(found: list[Problem]) -> str:
    return f"✗ The set-up is not right yet: {len(found)} thing{'s' * (len(found) > 1)} to put right"


def _all_is_well(facts: Facts) -> str:
    versions = {"Python": ".".join(map(str, facts.python))} | facts.versions
    here = [f"{name} {_short(version)}".rstrip() for name, version in versions.items() if version is not None]
    left_out = (
        ""
        if facts.versions.get(OPTIONAL) is not None
        else ". TensorFlow is not installed, so the parts that need it are left out"
    )
    return f"✓ Everything is ready: {', '.join(here)}{left_out}."


def _short(version: str) -> str:
    return ".".join(version.split(".")[:2])
