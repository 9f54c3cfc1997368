"""What students put into the exchange is collected, and nothing that it points at."""

import os
import shutil

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI
from tinycourse import RIGHT, TinyCourse

from examiner.commands.nbgrader_api import config_of, gradebook_of

WHEN = "2026-11-02 10:00:00.000000 UTC"


class Exchange:
    """The folder into which students' submissions come, as `nbgrader submit` leaves them there."""

    def __init__(self, course: TinyCourse):
        self.course = course
        self.inbound = course.root / "exchange" / config_of(course).CourseDirectory.course_id / "inbound"
        self.inbound.mkdir(parents=True, exist_ok=True)

    def place(self, student: str):
        return self.inbound / f"{student}+numbers+{WHEN}"

    def hand_in(self, student: str, answer: str | None = RIGHT):
        """Put a submission there, and return its folder."""
        self.course.submit(student, answer)
        shutil.move(self.course.root / "submitted" / student / "numbers", self.place(student))
        (self.place(student) / "timestamp.txt").write_text(WHEN)
        return self.place(student)

    def collect(self) -> None:
        config = config_of(self.course)
        config.CourseDirectory.root = str(self.course.root)
        result = NbGraderAPI(config=config).collect("numbers")
        assert result["success"], result.get("log")

    def collected(self, student: str):
        return self.course.root / "submitted" / student / "numbers"


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
