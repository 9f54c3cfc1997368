"""Read a table that an LMS or a spreadsheet wrote: UTF-8 or UTF-16, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from ..errors import ExaminerError

LARGEST = 100_000_000  # bytes
SIGNS = ",;\t"


def read(path: Path) -> list[list[str]]:
    """Return the rows of a file; raises `ExaminerError` where it is no table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExaminerError(f"{path} cannot be read: {error.strerror}") from None
    if data.startswith(b"PK\x03\x04"):
        raise ExaminerError(f"{path} is a workbook or a zip. Save it as CSV, and name that file")
    if len(data) > LARGEST:
        raise ExaminerError(f"{path} has {len(data) / 1e6:.0f} MB, which no class list has")
    return rows(_text(data, path), str(path))


def rows(text: str, name: str) -> list[list[str]]:
    """Return the rows of a text, without those that are empty; raises `ExaminerError` where there are none."""
    first = text.partition("\n")[0]
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel reads
        sign, text = first.strip()[4], text.partition("\n")[2]
    else:
        sign = max(SIGNS, key=lambda one: _outside_quotes(first, one))
    try:
        found = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign) if any(map(str.strip, row))]
    except csv.Error as error:
        raise ExaminerError(f"{name} is no table: {error}. Export it again as CSV") from None
    if not found:
        raise ExaminerError(f"{name} is empty. Export it again as CSV")
    return found


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _text(data: bytes, path: Path) -> str:
    marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    try:
        for mark, encoding in marks:
            if data.startswith(mark):
                return data.removeprefix(mark).decode(encoding)
        if b"\0" in data[:100]:
            return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le")
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")  # what Excel writes in the west
    except UnicodeDecodeError:
        raise ExaminerError(f"{path} is no text in UTF-8 or UTF-16. Export it again as CSV") from None
