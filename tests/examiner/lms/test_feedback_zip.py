"""Pages of feedback have the names that Canvas and Moodle know their students by."""

from __future__ import annotations

import zipfile

import pytest
from archives import make

from examiner import cli
from examiner.lms import feedback_zip, names

BOOKS = {"numbers.ipynb", "more.ipynb"}


def record(*paths: str) -> dict:
    sent = [names.read(path, BOOKS) for path in paths]
    return {"lms": sent[0].lms, "names": [{"file": one.file, "prefix": one.prefix} for one in sent]}


@pytest.mark.parametrize(
    ("lms", "paths", "wanted"),
    [
        (
            "canvas",
            ("l_LATE_1_2_numbers-1.ipynb", "l_LATE_1_3_more.ipynb"),
            ["l_LATE_1_2_numbers.html", "l_LATE_1_3_more.html"],
        ),
        (
            "moodle",
            ("Ada L_5_assignsubmission_file_/numbers.ipynb", "Ada L_5_assignsubmission_file_/more.ipynb"),
            ["Ada L_5_assignsubmission_file_/numbers.html", "Ada L_5_assignsubmission_file_/more.html"],
        ),
        ("moodle", ("Ada L_5_assignsubmission_file_x.zip",), ["Ada L_5_assignsubmission_file_/numbers.html"] * 1),
    ],
)
def test_a_page_is_named_as_the_submission_was(tmp_path, lms, paths, wanted):
    pages = [tmp_path / "numbers.html", tmp_path / "more.html"][: len(wanted)]
    for page in pages:
        page.write_text("page")
    left_out = feedback_zip.write(tmp_path / "x.zip", {"ada": record(*paths)}, {"ada": pages, "ben": pages}, lms)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.namelist() == wanted
    assert left_out == ["ben"]


@pytest.mark.slow
def test_from_a_download_to_the_zip_that_goes_back(tiny, tmp_path, capsys):
    tiny.submit("by_hand")
    data = (tiny.root / "submitted" / "by_hand" / "numbers" / "numbers.ipynb").read_bytes()
    path = make(tmp_path / "a.zip", {"lovelaceada_LATE_12_34_numbers-1.ipynb": data})

    def run(*arguments):
        return cli.main(["--course", str(tiny.root), *arguments])

    assert run("collect", "numbers", str(path)) == 0
    tiny.grade("by_hand", "12")
    assert run("feedback", "numbers", "--zip", "canvas") == 0
    assert "not in it: by_hand was not collected from Canvas" in capsys.readouterr().out
    with zipfile.ZipFile(tiny.root / "report" / "feedback-canvas-numbers.zip") as archive:
        assert archive.namelist() == ["lovelaceada_LATE_12_34_numbers.html"]
        assert b"</html>" in archive.read("lovelaceada_LATE_12_34_numbers.html")
