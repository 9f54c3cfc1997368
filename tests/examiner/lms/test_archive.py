"""An archive is read without following it anywhere."""

from __future__ import annotations

import zipfile

import pytest
from archives import make

from examiner.errors import ExaminerError, FileRefused
from examiner.lms import archive, collecting


def test_paths_and_links_that_lead_out_are_left_out(tmp_path):
    path = make(
        tmp_path / "a.zip",
        {"../x": "1", "/etc/x": "1", "a/../../x": "1", "a\\..\\..\\x": "1", "C:\\x": "1", "b\nc": "1", "good": "yes"},
        {"link": "/etc/passwd"},
    )
    entries, left_out = archive.contents(path)
    assert [entry.path for entry in entries] == ["good"]
    assert len(left_out) == 7
    assert ("link", "it is a link, not a file") in left_out


def test_what_macos_adds_is_passed_over(tmp_path):
    path = make(tmp_path / "a.zip", {"__MACOSX/._a": "1", ".DS_Store": "1", "._b": "", "folder/": ""})
    assert archive.contents(path) == ([], [])


def test_a_name_in_utf_8_that_does_not_say_so_is_read(tmp_path):
    path = make(tmp_path / "a.zip", {"zoe": "1"})
    data = path.read_bytes().replace(b"zoe", "ö_".encode())
    path.write_bytes(data)
    assert [entry.path for entry in archive.contents(path)[0]] == ["ö_"]


def test_bombs_do_not_go_off(tmp_path, monkeypatch):
    path = make(tmp_path / "a.zip", {"a": b"0" * 2_000_000})
    entry = archive.contents(path)[0][0]
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        entry.read(1_000_000)
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    archive_of = zipfile.ZipFile(path)
    with pytest.raises(FileRefused, match="times its size"):
        archive.of_zip(archive_of, path.stat().st_size, 1_000_000)
    monkeypatch.setattr(archive, "MOST_FILES", 0)
    with pytest.raises(ExaminerError, match="limit is 0"):
        archive.contents(path)


def test_a_file_that_lies_about_its_size_is_refused(tmp_path):
    path = make(tmp_path / "a.zip", {"a": b"0" * 1000})
    data = path.read_bytes()
    at = data.rindex(b"PK\x01\x02") + 24  # where the list says how large it is, once unpacked
    path.write_bytes(data[:at] + (10).to_bytes(4, "little") + data[at + 4 :])
    with pytest.raises(FileRefused, match="cannot be unpacked"):
        archive.contents(path)[0][0].read(100_000)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 half", b"<html>"])
def test_what_is_no_archive_is_said_in_a_sentence(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ExaminerError, match="no whole zip archive"):
        archive.contents(path)
    with pytest.raises(ExaminerError, match="cannot be read"):
        archive.contents(tmp_path / "none.zip")


def test_a_folder_is_read_like_an_archive(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("1")
    (tmp_path / "y").symlink_to("/etc/passwd")
    entries, left_out = archive.contents(tmp_path)
    assert [(entry.path, entry.read(9)) for entry in entries] == [("a/x", b"1")]
    assert left_out == [("y", "it is a link, not a file")]


def test_a_hundred_files_of_one_student_that_are_left_out_are_a_few_lines(tmp_path):
    path = make(tmp_path / "a.zip", {f"{number}/timestamp.txt/..": "1" for number in range(100)})
    entry = archive.Entry("a_1_2_a.zip", lambda limit: path.read_bytes())
    left_out: list[tuple[str, str]] = []
    work = collecting.Work("ada", "canvas", {"a.zip": entry})
    assert collecting.files_of(work, collecting.FileLimits(), left_out) == {}
    assert len(left_out) == collecting.MOST_NAMED + 1
    assert left_out[-1] == ("ada", "80 more files")
