"""Read the archive that an LMS gave, or a folder with what was in it: no path or link is followed, no bomb goes off.

Nothing is unpacked by the names that stand in an archive: who asks gets the bytes of one file, within a limit.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExaminerError, FileRefused
from ..regular_files import opened
from . import names

MB = 1_000_000
MOST_FILES = 200_000
LARGEST, RATIO = 1000 * MB, 100  # what an archive may unpack to is this, or so many times its own size
UTF8 = 0x800  # the flag of a name that is UTF-8 for certain
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Entry:
    """One file: its path within the archive, and a way to its bytes."""

    path: str
    read: Callable[[int], bytes]  # at most so many; raises `FileRefused`


Contents = tuple[list[Entry], list[tuple[str, str]]]  # the files, and what is left out with the reason


def contents(path: Path) -> Contents:
    """Return the files of an archive or a folder; raises `ExaminerError` where it is neither."""
    if path.is_dir():
        return _of_folder(path)
    try:
        return of_zip(zipfile.ZipFile(path), path.stat().st_size)
    except FileRefused as refused:
        raise ExaminerError(f"{path}: {refused}") from None
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else "it is no whole zip archive"
        raise ExaminerError(f"{path} cannot be read: {said}. Download it again") from None


def within(data: bytes) -> Contents:
    """Return the files of an archive that a student handed in; raises `FileRefused`."""
    try:
        return of_zip(zipfile.ZipFile(io.BytesIO(data)), len(data), 16 * MB)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        raise FileRefused("it is no whole zip archive") from None


def of_zip(archive: zipfile.ZipFile, size: int, largest: int = LARGEST) -> Contents:
    """Return the files of an open archive of `size` bytes; raises `FileRefused` where it is a bomb."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise FileRefused(f"it holds {len(infos)} files, and the limit is {MOST_FILES}")
    if (total := sum(info.file_size for info in infos)) > max(largest, RATIO * size):
        raise FileRefused(f"it would unpack to {total / MB:.0f} MB, {total // max(size, 1)} times its size")
    found, left_out = [], []
    for info in infos:
        path = _path(info)
        if info.is_dir() or names.is_nobodys(path):
            continue
        if why := _why_not(info, path):
            left_out.append((path, why))
        else:
            found.append(Entry(path, lambda limit, info=info: _unpacked(archive, info, limit)))  # type: ignore[misc]
    return found, left_out


def _path(info: zipfile.ZipInfo) -> str:
    """Return the path of an entry; where a program wrote UTF-8 and did not say so, it is that."""
    path = info.orig_filename if "\0" in info.orig_filename else info.filename
    if not info.flag_bits & UTF8:
        with contextlib.suppress(UnicodeError):
            path = path.encode("cp437").decode("utf-8")
    return path.replace("\\", "/")


def _why_not(info: zipfile.ZipInfo, path: str) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "it is a link, not a file" if kind == stat.S_IFLNK else "it is no file"
    if names.leads_out(path):
        return "its path leads out of the archive"
    if info.flag_bits & 1:
        return "it is encrypted"
    return "" if info.compress_type in METHODS else "it is packed in a way that no LMS uses"


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)  # whatever size it claims to have
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FileRefused(f"it cannot be unpacked ({type(error).__name__})") from None
    return _small(data, limit)


def _of_folder(folder: Path) -> Contents:
    found, left_out = [], []
    for place, _, files in os.walk(folder):
        for name in sorted(files):
            path = Path(place, name)
            shown = path.relative_to(folder).as_posix()
            if names.is_nobodys(shown):
                continue
            if path.is_symlink() or not path.is_file():
                left_out.append((shown, "it is a link, not a file" if path.is_symlink() else "it is no file"))
            elif names.leads_out(shown):
                left_out.append((shown, "its path cannot be used"))
            else:
                found.append(Entry(shown, lambda limit, path=path: _held(path, limit)))  # type: ignore[misc]
    return found, left_out


def _held(path: Path, limit: int) -> bytes:
    try:
        with opened(path) as (file, _):
            return _small(file.read(limit + 1), limit)
    except OSError as error:
        raise FileRefused(f"it cannot be opened ({error.strerror or type(error).__name__})") from None


def _small(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise FileRefused(f"it is larger than {limit / MB:g} MB")
    return data
