"""The course, as nbgrader sees it. Every setting here has its reason beside it."""

from pathlib import Path

from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)

from examiner.preprocessors import KeepChecksFair, LimitOutputSize, RepairCells, RunSubmission, SaveExtraCredit

c = get_config()  # noqa: F821  given by nbgrader

# ------------------------------------------------------------------------------------------------------- the course
c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback",
    # What an instructor writes beside the notebook. None of it reaches a student, nor the folder that is graded in.
    "hidden.json", "misconceptions.toml", "alternatives.toml",
]  # fmt: skip

# Assignment List hands out and collects through a folder; on a hub, name one here that all users share.
exchange = Path(__file__).resolve().parent / "exchange"
exchange.mkdir(exist_ok=True)  # nbgrader refuses to list assignments where it is missing
c.Exchange.root = str(exchange)

# ------------------------------------------------------------------------------------------- from source to release
c.GenerateAssignment.preprocessors = [
    TagRemovePreprocessor,  # first: cells that only make the frozen inputs are nobody's business further down
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,  # the gradebook keeps the tests as they are here, with the hidden ones
    ClearHiddenTests,
    ComputeChecksums,  # once more, since clearing the hidden tests changed cells
    CheckCellMetadata,
]
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"examiner"}
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}

# ---------------------------------------------------------------------------------------- from submission to grades
c.Autograde.sanitize_preprocessors = [
    ClearOutput,  # a forged output never reaches the graders
    RepairCells,  # before OverwriteCells, which needs to find each known cell once
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.OverwriteCells.add_missing_cells = True  # a deleted test cell comes back, and fails where the answer is missing

c.Autograde.autograde_preprocessors = [
    RunSubmission,
    KeepChecksFair,  # before SaveAutoGrades, which reads the outputs: stderr is no failure, a printed number no score
    LimitOutput,
    LimitOutputSize,  # LimitOutput counts lines only
    SaveAutoGrades,
    SaveExtraCredit,
    AssignLatePenalties,
    CheckCellMetadata,
]
c.RunSubmission.extra_arguments = [
    "--HistoryManager.hist_file=:memory:",  # a submission's cells are nobody's command history
    "--IPKernelApp.log_level=ERROR",  # else each kernel prints the same warning about its loopback port
]
c.RunSubmission.timeout = 60  # seconds a cell; the longest one of the course takes about 7 on one thread
c.RunSubmission.skip_cells_with_tag = ""  # a tag `skip-execution` would pass a test cell unseen
c.LimitOutput.max_lines = 1000
c.LimitOutputSize.max_characters = 100_000

# --------------------------------------------------------------------------------------------------------- feedback
c.HTMLExporter.sanitize_html = True  # a student's HTML and scripts must not act in an instructor's browser
