"""Cells that were deleted, copied, split, merged, moved, retyped or stripped of their marks are found all the same."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from examiner.course.source_notebook import grade_id
from examiner.submission.expected_cells import ExpectedCells, KnownCell
from examiner.submission.repair import repair

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
KNOWN = [
    KnownCell("exercise-1", "code", f"def double(x):\n    {STUB}", "c1", False, True),
    KnownCell("check-1", "code", 'check("1", lambda: double(3))', "c2", True, False, True, False, 40.0),
    KnownCell("hidden-1", "code", '# hidden\ncheck("1.1", lambda: double(5))', "c3", True, False, True, False, 60.0),
    KnownCell("exercise-2", "code", f"def half(x):\n    {STUB}\n\n\ndef third(x):\n    {STUB}", "c4", False, True),
    KnownCell("check-2", "code", 'check("2", lambda: half(3))', "c5", True, False, True, False, 1.0),
    KnownCell("exercise-3", "code", STUB, "c6", False, True),
    KnownCell("check-3", "code", 'check("3", lambda: answer_3)', "c7", True, False, True, False, 1.0),
    KnownCell("essay", "markdown", "Write here.", "c8", False, True, True, False, 5.0),
]
ANSWERS = {
    "exercise-1": "def double(x):\n    y = x\n    return x + y",
    "exercise-2": "def half(x):\n    return x / 2\n\n\ndef third(x):\n    return x / 3",
    "exercise-3": 'answer_3 = "B"',
    "essay": "Because.",
}
SETUP = "from math import sqrt"


def released():
    cells = [new_markdown_cell("# Numbers", id="title")]
    cells.append(new_code_cell(SETUP, id="imports", metadata={"tags": ["setup"]}))
    for known in KNOWN:
        if known.name.startswith("exercise"):
            cells.append(new_markdown_cell(f"## {known.name}", id=known.name.replace("exercise", "lesson")))
        make = new_code_cell if known.cell_type == "code" else new_markdown_cell
        text = "# hidden" if known.name == "hidden-1" else known.source
        cells.append(make(text, id=known.name, metadata={"nbgrader": known.metadata()}))
        if known.name == "check-2":
            cells.append(new_code_cell("print(half(3))", id="figures-2"))
    return new_notebook(cells=cells)


RECORD = ExpectedCells.of({known.name: known for known in KNOWN}, released())


@pytest.fixture
def nb():
    """A submission that is answered in full, and not touched otherwise."""
    made = copy.deepcopy(released())
    for cell in made.cells:
        cell.source = ANSWERS.get(grade_id(cell), cell.source)
    return made


def cell(nb, name):
    """Return the cell of a grade_id, else of an id."""
    named = [some for some in nb.cells if grade_id(some) == name]
    return (named or [some for some in nb.cells if some.get("id") == name])[0]


def at(nb, name) -> int:
    return nb.cells.index(cell(nb, name))


def unmark(some) -> None:
    del some.metadata["nbgrader"]
    some["id"] = f"new-{some['id']}"


def texts(found) -> list[str]:
    return [note.text for note in found]


def run(nb) -> dict:
    """Run all code cells but the tests, in order, as a student's kernel would; return the names they leave."""
    names = {"check": lambda *given: None}
    for some in nb.cells:
        if some.cell_type == "code" and not some.metadata.get("nbgrader", {}).get("grade") and some.id != "figures-2":
            try:
                exec(some.source, names)
            except (SyntaxError, NotImplementedError):
                continue
    return names


def assert_whole(nb):
    """Every known cell is there once, in order, as the record has it; every answer is the student's."""
    nbformat.validate(nb)
    marked = [some for some in nb.cells if grade_id(some)]
    assert [grade_id(some) for some in marked] == [known.name for known in KNOWN]
    for some, known in zip(marked, KNOWN, strict=True):
        assert some.metadata["nbgrader"] == known.metadata()
        assert some.cell_type == known.cell_type
        if known.locked:
            assert some.source == known.source
    names = run(nb)
    assert (names["double"](4), names["half"](4), names["third"](9), names["answer_3"]) == (8, 2, 3, "B")
    assert "Because." in cell(nb, "essay").source
    assert names["sqrt"](4) == 2


def test_an_untouched_submission_is_not_touched_but_for_its_hidden_tests(nb):
    before = copy.deepcopy(nb)
    assert repair(nb, RECORD) == []
    cell(before, "hidden-1").source = KNOWN[2].source
    assert nb == before
    assert_whole(nb)


@pytest.mark.parametrize("name", ["check-1", "hidden-1", "check-3", "imports"])
def test_a_deleted_test_or_set_up_comes_back_to_its_place(nb, name):
    place = at(nb, name)
    del nb.cells[place]
    assert texts(repair(nb, RECORD)) == [f"{name} was missing, and is put back."]
    assert at(nb, name) == place
    assert_whole(nb)


def test_what_a_student_added_stays_before_a_test_that_comes_back(nb):
    nb.cells.insert(at(nb, "check-1"), new_code_cell("double = (lambda old: lambda x: old(x))(double)", id="mine"))
    del nb.cells[at(nb, "check-1")]
    repair(nb, RECORD)
    assert at(nb, "exercise-1") < at(nb, "mine") < at(nb, "check-1")


def test_a_deleted_answer_comes_back_unanswered(nb):
    del nb.cells[at(nb, "exercise-1")]
    assert texts(repair(nb, RECORD)) == ["exercise-1 was missing, and counts as not answered."]
    assert cell(nb, "exercise-1").source == KNOWN[0].source
    assert at(nb, "exercise-1") == at(nb, "check-1") - 1


def test_everything_deleted_comes_back(nb):
    nb.cells = [new_markdown_cell("hello", id="mine")]
    said = repair(nb, RECORD)
    assert len(said) == len(KNOWN) + 2
    assert [grade_id(some) for some in nb.cells if grade_id(some)] == [known.name for known in KNOWN]


def test_all_marks_and_ids_lost_as_some_services_do_are_found_again(nb):
    for some in nb.cells:
        some["id"] = f"x-{some['id']}"
        some.metadata.clear()
    cell(nb, "x-essay").metadata["nbgrader"] = {"grade_id": "essay"}  # prose defines nothing by which to find it
    said = texts(repair(nb, RECORD))
    assert "exercise-1 had lost its mark and was recognised by the name double." in said
    assert "exercise-3 had lost its mark and was recognised by the name answer_3." in said
    assert_whole(nb)


def test_a_mark_lost_is_found_by_the_cells_id(nb):
    for name in ("exercise-1", "check-1", "essay"):
        del cell(nb, name).metadata["nbgrader"]
    said = texts(repair(nb, RECORD))
    assert said[0] == "exercise-1 had lost its mark and was recognised by the id of its cell."
    assert_whole(nb)


def test_an_answer_in_a_new_cell_is_found_by_its_function(nb):
    answer = nb.cells.pop(at(nb, "exercise-2")).source
    nb.cells.append(new_code_cell(answer, id="mine"))
    assert "exercise-2 had lost its mark and was recognised by the name half." in texts(repair(nb, RECORD))
    assert_whole(nb)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("name", ["exercise-1", "check-1", "imports"])
def test_a_retyped_cell_is_code_again(nb, name, kind):
    old = cell(nb, name)
    new = (new_markdown_cell if kind == "markdown" else new_raw_cell)(old.source, id=old.id, metadata=old.metadata)
    nb.cells[at(nb, name)] = new
    (said,) = texts(repair(nb, RECORD))
    assert f"was turned into {kind}" in said
    assert_whole(nb)


def test_prose_turned_into_code_is_prose_again_and_never_run(nb):
    old = cell(nb, "essay")
    nb.cells[at(nb, "essay")] = new_code_cell(old.source, id=old.id, metadata=old.metadata)
    assert texts(repair(nb, RECORD)) == ["essay was turned into code; it is markdown again."]
    assert_whole(nb)


def test_an_answer_in_prose_is_found_by_its_function(nb):
    answer = nb.cells.pop(at(nb, "exercise-1")).source
    nb.cells.append(new_markdown_cell(answer, id="mine"))
    repair(nb, RECORD)
    assert_whole(nb)


def test_changed_points_metadata_and_tests_are_put_right(nb):
    cell(nb, "check-1").metadata["nbgrader"] |= {"points": float("nan"), "solution": True, "locked": False}
    cell(nb, "check-1").source = "pass"
    said = texts(repair(nb, RECORD))
    assert "check-1 said that it is worth nan points; it is 40." in said
    assert "The metadata of check-1 were changed, and are put right." in said
    assert "check-1 had been changed; it runs as it was handed out." in said
    assert_whole(nb)


def test_what_a_student_wrote_into_a_test_runs_before_it(nb):
    cell(nb, "check-1").source = "double = (lambda old: lambda x: old(x) + 0)(double)\n" + cell(nb, "check-1").source
    repair(nb, RECORD)
    assert nb.cells[at(nb, "check-1") - 1].source.startswith("double = ")
    assert_whole(nb)


@pytest.mark.parametrize("swap", [False, True])
def test_an_unanswered_copy_of_an_answer_does_not_undo_it(nb, swap):
    twin = copy.deepcopy(cell(nb, "exercise-1"))
    twin["id"], twin["source"] = "twin", KNOWN[0].source
    nb.cells.insert(at(nb, "exercise-1") + (0 if swap else 1), twin)
    assert texts(repair(nb, RECORD)) == ["An unanswered copy of exercise-1 was left out."]
    assert_whole(nb)


@pytest.mark.parametrize("name", ["exercise-1", "check-1", "essay"])
def test_of_two_cells_with_one_mark_the_last_counts_and_the_first_still_runs(nb, name):
    twin = copy.deepcopy(cell(nb, name))
    twin["id"] = "twin"
    twin["source"] += "\n\n"
    nb.cells.insert(at(nb, name), twin)
    assert f"There were 2 cells {name}: the last one counts." in texts(repair(nb, RECORD))
    assert any(some.id == "twin" for some in nb.cells)
    assert_whole(nb)


def test_a_grade_id_copied_onto_a_cell_of_ones_own_does_not_hide_the_answer(nb):
    nb.cells.append(new_code_cell("1 + 1", id="mine", metadata={"nbgrader": {"grade_id": "exercise-1"}}))
    repair(nb, RECORD)
    assert_whole(nb)


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("lines", [1, 2])
def test_an_answer_split_in_its_middle_is_joined(nb, lines, marked):
    whole = cell(nb, "exercise-1")
    parts = whole.source.splitlines()
    rest = copy.deepcopy(whole)
    rest["id"], rest["source"] = "rest", "\n".join(parts[lines:])
    if not marked:
        del rest.metadata["nbgrader"]
    whole.source = "\n".join(parts[:lines])
    nb.cells.insert(at(nb, "exercise-1") + 1, rest)
    said = texts(repair(nb, RECORD))
    if lines == 1 or marked:  # after its second line, the function is Python, and the rest is not missed
        assert "exercise-1 was split into 2 cells, which were joined." in said
        assert_whole(nb)


def test_an_answer_split_between_its_functions_is_left_in_two_cells(nb):
    whole = cell(nb, "exercise-2")
    first, second = whole.source.split("\n\n\n")
    whole.source = first
    nb.cells.insert(at(nb, "exercise-2") + 1, new_code_cell(second, id="mine"))
    assert repair(nb, RECORD) == []
    assert_whole(nb)


@pytest.mark.parametrize(("kept", "gone"), [("exercise-1", "exercise-2"), ("exercise-2", "exercise-1")])
def test_two_answers_merged_into_one_cell_both_count(nb, kept, gone):
    cell(nb, kept).source += "\n\n\n" + nb.cells.pop(at(nb, gone)).source
    assert texts(repair(nb, RECORD)) == [f"{gone} was merged with {kept}; both are graded from one cell."]
    assert "def double" in cell(nb, "exercise-1").source
    assert "def third" in cell(nb, "exercise-1").source
    assert_whole(nb)


@pytest.mark.parametrize("kept", ["exercise-1", "check-1"])
def test_an_answer_merged_with_its_test_counts(nb, kept):
    both = cell(nb, "exercise-1").source + "\n\n" + cell(nb, "check-1").source
    del nb.cells[at(nb, "check-1" if kept == "exercise-1" else "exercise-1")]
    cell(nb, kept).source = both
    repair(nb, RECORD)
    assert [grade_id(some) for some in nb.cells if grade_id(some)] == [known.name for known in KNOWN]
    assert "def double(x):\n    y = x" in cell(nb, "exercise-1").source


def test_reversed_cells_stand_in_order_again(nb):
    nb.cells.reverse()
    assert texts(repair(nb, RECORD)) == ["Cells were out of order; they stand as in the assignment again."]
    assert [some.id for some in nb.cells] == [some.id for some in released().cells]
    assert_whole(nb)


def test_what_is_only_to_be_read_may_be_moved(nb):
    nb.cells.append(nb.cells.pop(at(nb, "lesson-2")))
    before = [some.id for some in nb.cells]
    assert repair(nb, RECORD) == []
    assert [some.id for some in nb.cells] == before


def test_a_cell_of_another_assignment_is_an_ordinary_cell(nb):
    nb.cells.append(new_code_cell("1", id="mine", metadata={"nbgrader": {"grade_id": "<b>else</b>", "points": 9}}))
    (said,) = texts(repair(nb, RECORD))
    assert said == "A cell says that it is ?b?else?/b?, which is not in this assignment: it is ordinary."
    assert "nbgrader" not in cell(nb, "mine").metadata
    assert_whole(nb)


def test_without_a_released_notebook_the_gradebook_alone_suffices(nb):
    del nb.cells[at(nb, "check-1")]
    nb.cells.reverse()
    repair(nb, ExpectedCells.of({known.name: known for known in KNOWN}))
    assert [grade_id(some) for some in nb.cells if grade_id(some)] == [known.name for known in KNOWN]


@pytest.mark.parametrize(
    "text", ["(" * 150_000, "-" * 150_000 + "1", "a" + ".b" * 70_000, "1" + "+1" * 70_000, "\0", "f'{" * 999]
)
def test_text_that_a_parser_would_choke_on_is_only_a_wrong_answer(nb, text):
    cell(nb, "exercise-1").source = text
    repair(nb, RECORD)
    assert cell(nb, "exercise-1").source == text
