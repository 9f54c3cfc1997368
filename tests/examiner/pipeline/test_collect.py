"""What students put into the exchange is collected, and nothing that it points at."""

import os

import nbformat
import pytest
from exchange_area import WHEN, Exchange
from tinycourse import TinyCourse

from examiner.commands.nbgrader_api import gradebook_of


@pytest.fixture
def exchange(tmp_path, course_root) -> Exchange:
    return Exchange(TinyCourse.make(tmp_path / "course", course_root / "nbgrader_config.py"))


def score(course: TinyCourse, student: str) -> float:
    assert course.grade(student)[student].graded
    with gradebook_of(course) as gradebook:
        return gradebook.find_submission("numbers", student).score


def words(course: TinyCourse, student: str) -> str:
    return "\n".join(cell.source for cell in course.graded(student).cells)


def test_what_was_handed_in_is_collected_and_graded(exchange):
    folder = exchange.hand_in("ann")
    (folder / "data").mkdir()
    (folder / "data" / "mine.csv").write_text("1,2")
    os.utime(folder / "numbers.ipynb", (1e9, 1e9))
    exchange.collect()
    assert (exchange.collected("ann") / "data" / "mine.csv").read_text() == "1,2"
    assert (exchange.collected("ann") / "timestamp.txt").read_text() == WHEN
    assert (exchange.collected("ann") / "numbers.ipynb").stat().st_mtime == 1e9
    assert score(exchange.course, "ann") > 0


def test_a_link_to_the_solved_notebook_earns_nothing_and_is_named(exchange):
    folder = exchange.hand_in("eve", None)
    (folder / "numbers.ipynb").unlink()
    (folder / "numbers.ipynb").symlink_to(exchange.course.root / "source" / "numbers" / "numbers.ipynb")
    exchange.collect()
    assert (exchange.collected("eve") / "numbers.ipynb").is_symlink()
    assert score(exchange.course, "eve") == 0
    assert "each is a link" in words(exchange.course, "eve")


def test_a_submission_that_is_itself_a_link_earns_nothing_and_can_be_collected_again(exchange):
    exchange.place("eve").symlink_to(exchange.course.root / "source" / "numbers")
    exchange.collect()
    assert [path.is_symlink() for path in exchange.collected("eve").iterdir()] == [True]
    assert score(exchange.course, "eve") == 0
    exchange.collect()


def test_a_folder_that_is_a_link_is_not_gone_into(exchange):
    folder = exchange.hand_in("eve")
    (folder / "more").symlink_to(exchange.course.root / "source")
    exchange.collect()
    assert (exchange.collected("eve") / "more").is_symlink()
    assert not list((exchange.collected("eve") / "more").parent.rglob("*.toml"))
    assert score(exchange.course, "eve") > 0


def test_what_cannot_be_copied_keeps_nobody_from_being_collected(exchange):
    for student in ("ann", "zoe"):
        exchange.hand_in(student)
    odd = exchange.hand_in("max")
    (odd / "nowhere").symlink_to("nothing-here")
    os.mkfifo(odd / "pipe")
    deep = odd
    for _ in range(40):
        deep = deep / "in"
        deep.mkdir()
    exchange.collect()
    assert {student: score(exchange.course, student) > 0 for student in ("ann", "max", "zoe")} == {
        "ann": True, "max": True, "zoe": True,
    }  # fmt: skip
    assert not (exchange.collected("max") / "pipe").exists()


def test_more_than_the_limit_is_left_out(exchange):
    folder = exchange.hand_in("max")
    with (folder / "large.bin").open("wb") as file:
        file.truncate(200_000_000_000)  # takes no room on the disk
    exchange.collect()
    assert not (exchange.collected("max") / "large.bin").exists()
    assert nbformat.read(exchange.collected("max") / "numbers.ipynb", as_version=4).cells


@pytest.mark.parametrize("name", ["eve+numbers+soon", "..+numbers+{WHEN}", "eve+numbers+", "+numbers+{WHEN}"])
def test_a_name_that_is_no_submission_is_left_where_it_is(exchange, name):
    exchange.hand_in("ann")
    odd = exchange.hand_in("eve")
    odd.rename(odd.with_name(name.format(WHEN=WHEN)))
    exchange.collect()
    assert [path.name for path in (exchange.course.root / "submitted").iterdir() if any(path.iterdir())] == ["ann"]
    assert not (exchange.course.root / "numbers").exists()
