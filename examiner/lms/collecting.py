"""From the archives of an LMS to one folder for each student: whose each file is, and which of several is newest."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import FileRefused, UnknownStudent
from . import archive, names
from .archive import MB, Entry
from .names import Sent
from .people import SEVERAL, People

NOT_THEIRS = "neither Canvas nor Moodle names a file so. Put it into submitted/STUDENT/{}/ yourself"
OLDER = "what is in submitted/ is newer"
BY_HAND = "submitted/{}/{}/ is not as this command left it. Remove it first, or add: --force"
RECORD, FIELDS = "received.json", ("lms", "digest", "newest", "late", "names")
TIMESTAMP = "timestamp.txt"  # says when it was handed in: not for a student to say
PACKED = ".zip"
MOST_NAMED = 20  # files of one student that are left out


@dataclass(frozen=True)
class FileLimits:
    """How much one student may hand in."""

    file: int = 32 * MB
    files: int = 96 * MB
    count: int = 1000


@dataclass
class Work:
    """What one student handed in, by the names of files: its newest ones."""

    student: str
    lms: str
    entries: dict[str, Entry] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)  # by file, what the LMS wants to see on feedback
    newest: tuple[int, int] = (0, 0)
    late: bool = False


@dataclass
class Collection:
    """What archives hold: the work of each student, and what is nobody's with what to do about it."""

    works: dict[str, Work] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def late(self) -> list[str]:
        return sorted(work.student for work in self.works.values() if work.late)


def collect(paths: Iterable[Path], assignment: str, notebooks: set[str], people: People) -> Collection:
    """Return what is in the archives or folders `paths`; a later one wins where nothing else says what is newer."""
    found = Collection()
    ranks: dict[tuple[str, str], tuple[int, int]] = {}
    came_in: dict[str, Path] = {}
    for path, entry, sent, student in _whose(paths, assignment, notebooks, people, found.left_out):
        if sent.lms == "moodle" and came_in.get(student) != path:  # a whole submission, in the place of an older one
            found.works.pop(student, None)
            ranks = {key: rank for key, rank in ranks.items() if key[0] != student} if student in came_in else ranks
        came_in[student] = path
        work = found.works.setdefault(student, Work(student, sent.lms))
        if sent.rank >= ranks.get((student, sent.file), (0, 0)):
            ranks[student, sent.file] = sent.rank
            work.entries[sent.file], work.prefixes[sent.file] = entry, sent.prefix
            work.late = sent.late if sent.rank >= work.newest else work.late
        work.newest = max(work.newest, sent.rank)
    return found


def _whose(
    paths: Iterable[Path], assignment: str, notebooks: set[str], people: People, left_out: list[tuple[str, str]]
) -> list[tuple[Path, Entry, Sent, str]]:
    """Return the files with whose each is, as far as that is certain; the others are added to `left_out`."""
    some: list[tuple[Path, Entry, Sent, str]] = []
    numbers: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        entries, refused = archive.contents(path)
        left_out += refused
        for entry in entries:
            sent = names.read(entry.path, notebooks)
            try:
                if sent is None:
                    raise UnknownStudent(NOT_THEIRS.format(assignment))
                some.append((path, entry, sent, people.whose(sent)))
                numbers[some[-1][3]].add(sent.number)
            except UnknownStudent as error:
                left_out.append((entry.path, str(error)))
    sure = []
    for one in some:
        _, entry, sent, student = one
        if len(numbers[student]) > 1 and not people.is_certain(sent):
            left_out.append((entry.path, SEVERAL.format(f"{sent.name}_{sent.number}", len(numbers[student]))))
        else:
            sure.append(one)
    return sure


def files_of(work: Work, limits: FileLimits, left_out: list[tuple[str, str]]) -> dict[str, bytes]:
    """Return the files of one student, those of an archive within unpacked; what is left out is added to `left_out`."""
    held: dict[str, bytes] = {}
    odd: list[tuple[str, str]] = []
    room = limits.files
    for name, entry, shown in _unpacked(work, limits, odd):
        try:
            if name == TIMESTAMP:
                continue
            if len(held) >= limits.count or any(_clash(name, other) for other in held):
                raise FileRefused("it is one too many" if len(held) >= limits.count else "another file is in its place")
            held[name] = entry.read(min(limits.file, room))
            room -= len(held[name])
        except FileRefused as error:
            odd.append((shown, str(error)))
    left_out += odd[:MOST_NAMED]
    if len(odd) > MOST_NAMED:  # nobody else's are to be lost among a hundred thousand of one student's
        left_out.append((work.student, f"{len(odd) - MOST_NAMED} more files"))
    return held


def _unpacked(work: Work, limits: FileLimits, left_out: list[tuple[str, str]]) -> Iterator[tuple[str, Entry, str]]:
    for name, entry in work.entries.items():
        if not name.lower().endswith(PACKED):
            yield name, entry, entry.path
            continue
        try:
            inner, refused = archive.within(entry.read(limits.file))
        except FileRefused as error:
            left_out.append((entry.path, str(error)))
            continue
        left_out += [(f"{entry.path}: {path}", why) for path, why in refused]
        yield from ((one.path, one, f"{entry.path}: {one.path}") for one in inner if one.path not in work.entries)


def _clash(name: str, other: str) -> bool:
    """Tell whether two files cannot both be there: one is a folder to the other."""
    return name == other or name.startswith(f"{other}/") or other.startswith(f"{name}/")


def write(folder: Path, files: dict[str, bytes]) -> bool:
    """Put `files` in the place of a folder, whole or not at all; returns False where they are there already."""
    if _held(folder) == files:
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new = scratch / "new"
        new.mkdir()
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if os.path.lexists(folder):
            folder.rename(scratch / "before")
        new.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return True


def _held(folder: Path) -> dict[str, bytes] | None:
    if folder.is_symlink() or not folder.is_dir():
        return None
    paths = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    if any(path.is_symlink() or not path.is_file() for path in paths):
        return None
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def digest(files: dict[str, bytes] | None) -> str:
    """Return a text that is another one whenever a folder holds anything else."""
    parts = [f"{name}\0{hashlib.sha256(data).hexdigest()}" for name, data in sorted((files or {}).items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass
class Received:
    """What was collected from an LMS, by student: what feedback is named after, and how new it was."""

    path: Path
    held: dict[str, dict] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Received:
        """Return the record in the folder of an assignment's downloads; an empty one where there is none."""
        try:
            held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            sound = {student: one for student, one in held.items() if one.keys() >= set(FIELDS)}
        except (OSError, ValueError, AttributeError):
            sound = {}
        return cls(folder / RECORD, sound)

    def refusal(self, work: Work, folder: Path, assignment: str, force: bool) -> str:
        """Say why a work must not take the place of what is in `folder`, "" where it may."""
        before = self.held.get(work.student)
        if force or not (folder.is_dir() and any(folder.iterdir())):
            return ""
        if before is None or digest(_held(folder)) != before["digest"]:
            return BY_HAND.format(work.student, assignment)
        return OLDER if tuple(before["newest"]) > work.newest else ""

    def add(self, work: Work, files: dict[str, bytes]) -> None:
        self.held[work.student] = {
            "lms": work.lms,
            "digest": digest(files),
            "newest": list(work.newest),
            "late": work.late,
            "names": [{"file": file, "prefix": prefix} for file, prefix in sorted(work.prefixes.items())],
        }

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
