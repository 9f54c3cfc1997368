"""Read whatever was handed in as a notebook, and build a clean one from what grading needs of it.

The clean notebook holds the type and text of each cell, its id, what nbgrader says of it, pasted pictures, and what
code cells showed as text and as PNG. All else stays behind: other outputs, tags,
widgets and whatever odd thing a file may hold, so that none of it can trip a later
step. Which cell is which is not decided here.
"""

from __future__ import annotations

import json
import re

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from ..errors import Unreadable
from ..nodes import new_cell, new_display, new_stream

MOST_CELLS = 2000
MOST_PARTS = 1_500_000  # lists and dicts; each costs many times its two characters of memory
LONGEST_CELL = 200_000  # characters; no answer is that long, and later steps colour the text, which takes its time
NBGRADER = ("grade_id", "grade", "solution", "locked", "task", "points")
MOST_OUTPUTS, LONGEST_OUTPUT = 100, 4_000_000  # of a cell; characters of one of them
PNG = "iVBORw0KGgo"  # how the letters of every PNG begin
KINDS = ("code", "markdown", "raw")
OTHER_KINDS = {
    b"%PDF": "it is a PDF",
    b"PK\x03\x04": "it is a zip archive",
    b"\x1f\x8b": "it is a compressed archive",
    b"<": "it is a web page or XML",
    b"\x7fELF": "it is a program",
}


def notebook_of(data: bytes) -> tuple[NotebookNode, list[str]]:
    """Return the clean notebook in the bytes of a file, and what had to be done to read it, in words.

    Raises `Unreadable`, and nothing else.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("it is empty")
    if data.count(b"{") + data.count(b"[") > MOST_PARTS:
        raise Unreadable("it has millions of parts")
    text, notes = _decoded(data)
    content = _parsed(text, data)
    if not isinstance(content, dict):
        raise Unreadable("it is JSON, but no notebook")
    notes += _version_note(content.get("nbformat"))
    raw = _raw_cells(content)
    cells: list[NotebookNode] = []
    used: set[str] = set()
    for number, found in enumerate(raw[:MOST_CELLS], start=1):
        cell, note = _clean(found, number)
        notes += [note] if note else []
        if cell is not None:
            cell["id"] = _fresh_id(found.get("id"), number, used)
            cells.append(cell)
    if len(raw) > MOST_CELLS:
        notes.append(f"It has {len(raw)} cells; those after the first {MOST_CELLS} were left out.")
    if not cells:
        raise Unreadable("it holds no cells")
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # What Windows writes, and latin-1 wherever that prints anything. Names are ASCII in all of them.
        return data.decode("cp1252", "replace"), ["The file is not in UTF-8; it was read as Windows-1252."]
    odd = not encoding.startswith("utf-8")
    return text, [f"The file is in {encoding.upper()}; a notebook should be in UTF-8."] if odd else []


def _parsed(text: str, data: bytes) -> object:
    def whole_number(digits: str) -> int:
        return int(digits) if len(digits) < 20 else 0  # Python refuses thousands of digits; nothing here needs them

    try:
        return json.loads(text, parse_int=whole_number, parse_constant=lambda name: None)
    except RecursionError:
        raise Unreadable("its JSON is nested too deeply") from None
    except MemoryError:
        raise Unreadable("it is too large") from None
    except ValueError as error:
        for start, what in OTHER_KINDS.items():
            if data.lstrip().startswith(start):
                raise Unreadable(f"{what}, not a notebook") from None
        where = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise Unreadable(f"it is not valid JSON ({where})") from None


def _version_note(version: object) -> list[str]:
    if version == 4:
        return []
    if type(version) is int:
        return [f"It is in notebook format {version}; its cells were read as those of format 4."]
    return ["It does not say which notebook format it is in; it was read as format 4."]


def _raw_cells(content: dict) -> list:
    cells = content.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = content.get("worksheets")  # format 3 and older
    if isinstance(sheets, list):
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        return [cell for some in lists if isinstance(some, list) for cell in some]
    raise Unreadable("it holds no list of cells")


def _clean(found: object, number: int) -> tuple[NotebookNode | None, str]:
    """Return the clean cell, or None, and a note on what was wrong with it, or ""."""
    if not isinstance(found, dict):
        return None, f"Cell {number} is no cell and was left out."
    text, note = _text_of(found, number)
    kind = found.get("cell_type")
    if kind == "heading":  # format 3
        level = found.get("level")
        text, kind = f"{'#' * level if type(level) is int and level in range(1, 7) else '#'} {text}", "markdown"
    if not isinstance(kind, str) or kind not in KINDS:
        kind, note = "raw", note or f"Cell {number} is of no known type."
    cell = new_cell(kind, text)
    metadata = found.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if isinstance(nbgrader, dict):
        kept = {key: nbgrader[key] for key in NBGRADER if isinstance(nbgrader.get(key), str | int | float)}
        cell.metadata["nbgrader"] = NotebookNode(kept)
    if kind == "code":
        cell["outputs"] = _outputs(found.get("outputs"))
    pictures = _pictures(found.get("attachments")) if kind == "markdown" else {}
    if pictures:
        cell["attachments"] = pictures
    return cell, note


def _text_of(found: dict, number: int) -> tuple[str, str]:
    source = found.get("source", found.get("input"))  # `input` in format 3
    note = ""
    if isinstance(source, list):
        lines = [line for line in source if isinstance(line, str)]
        if len(lines) < len(source):
            note = f"Lines of cell {number} are no text and were left out."
        source = "".join(lines)
    elif not isinstance(source, str):
        source, note = "", f"Cell {number} has no text."
    if len(source) > LONGEST_CELL:
        source, note = "", f"Cell {number} is longer than {LONGEST_CELL} characters and was left out."
    # Half a pair of surrogates cannot be written to any file, and a NUL not be compiled.
    whole = source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub("\r\n?", "\n", whole.replace("\0", "�")), note


def _pictures(attachments: object) -> dict:
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        parts = [part for pair in bundle.items() for part in pair] if isinstance(bundle, dict) else [None]
        if all(isinstance(part, str) and part.isascii() for part in parts):
            kept[name.encode("utf-8", "replace").decode()] = dict(bundle)
    return kept


def _outputs(outputs: object) -> list[NotebookNode]:
    """Return what a cell showed, as far as it is text or PNG; nothing of it is ever taken for a verdict."""
    kept: list[NotebookNode] = []
    for output in outputs[:MOST_OUTPUTS] if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        name, said, data = output.get("name"), _text(output.get("text")), output.get("data")
        if output.get("output_type") == "stream" and name in ("stdout", "stderr") and said:
            kept.append(new_stream(name, said))
        elif output.get("output_type") in ("display_data", "execute_result") and isinstance(data, dict):
            bundle = {"text/plain": _text(data.get("text/plain")), "image/png": _png(data.get("image/png"))}
            if shown := {mime: text for mime, text in bundle.items() if text}:
                kept.append(new_display(shown))
    return kept


def _text(said: object) -> str:
    if isinstance(said, list):
        said = "".join(line for line in said if isinstance(line, str))
    whole = said if isinstance(said, str) and len(said) <= LONGEST_OUTPUT else ""
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "�")


def _png(said: object) -> str:
    """Return a picture's letters where they are those of a PNG."""
    text = "".join(_text(said).split())
    return text if text.startswith(PNG) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text) else ""


def _fresh_id(wanted: object, number: int, used: set[str]) -> str:
    """Return the cell's own id where it is a valid one and not taken, else one that follows from its place."""
    if not isinstance(wanted, str) or not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", wanted) or wanted in used:
        wanted = f"cell-{number}"
        while wanted in used:
            wanted += "-"
    used.add(wanted)
    return wanted
