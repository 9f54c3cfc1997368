"""The working copy that a student opens: work already begun is never overwritten."""

import os

from examiner.commands import lab


def test_the_first_time_the_whole_release_is_copied(tiny):
    folder, changed = lab.working_copy(tiny)
    assert (folder / "numbers" / "numbers.ipynb").read_bytes() == (
        tiny.release("numbers") / "numbers.ipynb"
    ).read_bytes()
    assert (folder / "numbers" / "checks.json").is_file()
    assert changed == []


def test_a_notebook_that_was_begun_is_kept_and_a_newer_release_is_named(tiny):
    folder, _ = lab.working_copy(tiny)
    begun = folder / "numbers" / "numbers.ipynb"
    begun.write_text("my work")
    released = tiny.release("numbers") / "numbers.ipynb"
    os.utime(released, (begun.stat().st_mtime + 10,) * 2)
    assert lab.working_copy(tiny)[1] == ["numbers/numbers.ipynb"]
    assert begun.read_text() == "my work"


def test_tables_follow_the_release(tiny):
    folder, _ = lab.working_copy(tiny)
    (folder / "numbers" / "checks.json").write_text("old")
    lab.working_copy(tiny)
    assert (folder / "numbers" / "checks.json").read_bytes() == (tiny.release("numbers") / "checks.json").read_bytes()
