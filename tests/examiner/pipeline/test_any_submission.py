"""Whatever is done to a submission, it ends with a score, and with a reason where nothing could be read."""

import copy
import json
import shutil

import mutations
import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from test_intake import contents
from test_repair import KNOWN, RECORD, released
from test_sanitize import data
from tinycourse import RIGHT, cell_of
from traitlets.config import Config

from examiner.commands.nbgrader_api import api_of, config_of, gradebook_of
from examiner.course.source_notebook import grade_id
from examiner.errors import Unreadable
from examiner.submission import notes
from examiner.submission.repair import repair
from examiner.submission.sanitize import notebook_of

few = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(few, max_examples=250)


@given(mutations.changes)
@many
def test_every_known_cell_is_there_once_in_order_and_as_the_record_has_it(changes):
    try:
        nb, _ = notebook_of(json.dumps(mutations.changed(released(), changes)).encode())
    except Unreadable:
        return
    repair(nb, RECORD)
    nbformat.validate(nb)
    marked = [cell for cell in nb.cells if grade_id(cell)]
    assert [grade_id(cell) for cell in marked] == [known.name for known in KNOWN]
    for cell, known in zip(marked, KNOWN, strict=True):
        assert cell.metadata["nbgrader"] == known.metadata()
        assert cell.cell_type == known.cell_type
        assert not known.locked or cell.source == known.source


@given(mutations.changes)
@many
def test_a_repaired_notebook_needs_no_repair(changes):
    try:
        nb, _ = notebook_of(json.dumps(mutations.changed(released(), changes)).encode())
    except Unreadable:
        return
    repair(nb, RECORD)
    again = copy.deepcopy(nb)
    assert repair(again, RECORD) == []
    assert again == nb


@pytest.fixture(scope="module")
def unrun(tiny) -> Config:
    """The course's pipeline but for running the notebook, which takes too long to be done for every change."""
    steps = config_of(tiny).Autograde.autograde_preprocessors
    return Config({"Autograde": {"autograde_preprocessors": [step for step in steps if step.__name__ not in RUNNING]}})


RUNNING = ("RunSubmission", "Examine")


@pytest.mark.slow
@given(mutations.changes, mutations.files)
@few
def test_every_submission_ends_with_a_score_and_stays_as_it_was(tiny, unrun, changes, files):
    nb = tiny.released()
    cell_of(nb, "exercise-1").source = RIGHT
    folder = tiny.root / "submitted" / "ada" / "numbers"
    shutil.rmtree(folder, ignore_errors=True)
    mutations.hand_in(folder, mutations.changed(nb, changes), *files)
    before = contents(folder)
    done = api_of(tiny, unrun).autograde("numbers", "ada", force=True, create=True)
    assert done["success"], done.get("log") or done.get("error")
    assert contents(folder) == before
    graded = tiny.graded("ada")
    with gradebook_of(tiny) as gradebook:
        submission = gradebook.find_submission("numbers", "ada")
        scores = {entry.name: entry.auto_score for book in submission.notebooks for entry in book.grades}
        comments = "".join(comment.auto_comment or "" for book in submission.notebooks for comment in book.comments)
    assert scores == ({"check-1": 0, "hidden-1": 0} if notes.unreadable(graded) else {"check-1": 40, "hidden-1": 60})
    noted = [note.text for note in notes.of(graded)]
    assert all(sentence in comments for sentence in noted)
    assert noted or not notes.unreadable(graded)


def test_the_changes_of_these_tests_do_change_what_is_handed_in():
    nb = json.loads(json.dumps(released()))
    seen = set()

    @given(mutations.change)
    @many
    def try_one(change):
        if mutations.changed(nb, [change]) != nb:
            seen.add(change[0])

    try_one()
    assert {"delete", "copy", "split", "merge", "move", "mark", "unmark", "reverse", "type", "insert"} <= seen
    assert data(nb)
