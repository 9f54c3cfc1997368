"""The course, as nbgrader sees it. Every setting here has its reason beside it."""

import os
from pathlib import Path

from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IgnorePattern,
    IncludeHeaderFooter,
    InstantiateTests,
    LimitOutput,
    LockCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)
from traitlets.config import Application

# Were any line below to fail, nbgrader would warn, forget this file, and grade in its own way: without a sandbox.
Application.raise_config_file_errors = True

from examiner.feedback.details import Details  # noqa: E402
from examiner.feedback.page import FeedbackPage  # noqa: E402
from examiner.lms.zip_collect import LmsCollector, LmsExtractor  # noqa: E402
from examiner.pipeline import (  # noqa: E402
    CarryTables,
    ChooseWays,
    Examine,
    OverwriteCells,
    PlainText,
    RepairCells,
    SaveExtraCredit,
    SaveNotes,
    autograde,
    database,
    odd_paths,
    page_process,
    safe_formgrader,
)
from examiner.pipeline.collect import Collect  # noqa: E402
from examiner.pipeline.release_feedback import ReleaseFeedback  # noqa: E402
from examiner.report.export import GradesCsv  # noqa: E402

c = get_config()  # noqa: F821  given by nbgrader

# ------------------------------------------------------------------------------------------------------- the course
c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
# In which due dates and extensions are written and shown: "Europe/Berlin", say. The gradebook keeps them in UTC.
c.NbGraderAPI.timezone = "UTC"

if url := os.environ.get("NBGRADER_DB_URL"):  # else gradebook.db, SQLite's, in this folder
    c.CourseDirectory.db_url = url
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback",
    # What an instructor writes beside the notebook. None of it reaches a student, nor the folder that is graded in.
    "hidden.json", "misconceptions.toml", "alternatives.toml",
]  # fmt: skip

# Assignment List hands out and collects through a folder: this one, or the one that all users of a machine share.
exchange = Path(os.environ.get("EXAMINER_EXCHANGE") or Path(__file__).parent / "exchange").resolve()
exchange.mkdir(exist_ok=True)  # nbgrader refuses to list assignments where it is missing
c.Exchange.root = str(exchange)
c.ExchangeFactory.collect = Collect  # nbgrader's own follows links, out of what students put there
c.ExchangeFactory.release_feedback = ReleaseFeedback  # ... and ends at a submission that you put there by hand
if "EXAMINER_NGSHARE" in os.environ:  # on a hub with ngshare, which is then the exchange (docs/deploy.md)
    from ngshare_exchange import configureExchange

    configureExchange(c, os.environ["EXAMINER_NGSHARE"])
c.ZipCollectApp.extractor_plugin = LmsExtractor  # for archives of Canvas and Moodle, put into downloaded/NAME/archive/
c.ZipCollectApp.collector_plugin = LmsCollector
odd_paths.use()  # brackets in the course's folder or in a student's name are no pattern

# ------------------------------------------------------------------------------------------- from source to release
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    TagRemovePreprocessor,  # before the rest: cells that only make the frozen inputs are nobody's business further down
    InstantiateTests,  # what `### AUTOTEST` asks for becomes a test, by the values that the solution gives
    LockCells,
    ChooseWays,  # while the solutions are there: they say which tests can run apart from a student's process
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,  # the gradebook keeps the tests as they are here, with the hidden ones
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,  # once more, since clearing the hidden tests changed cells
    CheckCellMetadata,
    CarryTables,
]
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"examiner"}
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}

# ---------------------------------------------------------------------------------------- from submission to grades
# Whatever a student hands in is graded, from a clean copy in which nothing but text and pictures of the cells is left.
# nbgrader has no setting for the class that does it, so it is put in that class's place; this file is read by
# `examiner grade`, `nbgrader autograde` and Formgrader alike.
autograde.use()
database.use()  # a gradebook that another program holds is waited for
c.AutogradeAnything.largest_notebook = 32  # MB; with plots and all, those of the course have less than 2
c.AutogradeAnything.largest_files = 64  # MB, all others of a submission together
c.AutogradeAnything.most_files = 1000

c.Autograde.sanitize_preprocessors = [
    RepairCells,  # before OverwriteCells, which needs to find each known cell once
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.OverwriteCells.add_missing_cells = True  # a deleted test cell comes back, and fails where the answer is missing

c.Autograde.autograde_preprocessors = [
    Examine,  # in place of nbgrader's Execute: a sandbox for the student's cells, and the tests in another process
    IgnorePattern,  # does nothing unless it is turned on, as in nbgrader
    LimitOutput,
    SaveAutoGrades,  # reads the outputs of test cells, which Examine alone has made
    SaveExtraCredit,
    PlainText,  # before SaveNotes, which says it: what would take a page for ever is shown as it was written
    SaveNotes,  # after SaveAutoGrades, whose comments it adds to
    AssignLatePenalties,
    CheckCellMetadata,
]
c.Examine.cell_seconds = 30  # the longest cell of the course takes about 7 on one thread
c.Examine.seconds_after_first = 15  # ... once one cell has run out of time: the same loop is usually met again
c.Examine.check_seconds = 10  # a right answer to any check takes milliseconds
c.Examine.notebook_seconds = 300  # a whole notebook of the course takes about 20
c.Examine.submission_seconds = 600  # by the clock, all in all: what is hostile may hold a grader so long, and no longer
c.Examine.page_seconds = 30  # of a processor, for the feedback page; one of the course takes about 2
c.Examine.memory = 2048  # MiB, for all processes of a submission together; MNIST's zeros and ones take 100
c.Examine.processes = 64  # and threads, beyond those that the numerics start by themselves
c.Examine.files = 64  # MiB of files that a submission has and makes
c.Examine.cell_output = 100_000  # characters of text that are kept of a cell; pictures have room of their own
c.Examine.notebook_output = 1_000_000
c.Examine.first_pictures = 10_000  # of MNIST: enough for most to reach a goal; a test that fails then has all 60,000
c.Examine.run_all_cells = False  # True: maps and widgets too, which no test needs and nobody has changed
c.Examine.without_sandbox = False  # True: their code can do whatever you can; or `examiner grade --unsafe`
c.Examine.partial_credit = True  # a misconception earns the share of the points that its `credit` says
c.Examine.follow_through = True  # what fails with a wrong function is judged again with a right one
c.LimitOutput.max_lines = 1000

c.ExportApp.plugin_class = GradesCsv  # nbgrader's own writes 0 for what waits for a mark by hand

# --------------------------------------------------------------------------------------------------------- feedback
c.HTMLExporter.sanitize_html = True  # a student's HTML and scripts must not act in an instructor's browser
c.HTMLExporter.filters = {
    "markdown2html": "examiner.pipeline.safe_markdown.markdown",  # ... nor do so from a text cell
    "clean_html": "examiner.pipeline.safe_html.clean",  # nbconvert's keeps classes, by which Formgrader knows buttons
    "e": "examiner.pipeline.safe_markdown.latex",  # how LaTeX in outputs is written
}
c.GenerateFeedback.preprocessors = [Details]
c.GenerateFeedback.exporter_class = FeedbackPage  # one file, no script: what slips through the filters runs nothing
page_process.use()  # a page that takes too long to make says the score alone
safe_formgrader.use()  # Formgrader has pages with a policy too
# Pictures before HTML, since a widget's still picture is SVG; and no live widgets, which are scripts of a student's.
# Set for this class alone: of NbConvertBase, which HTMLExporter overrules, nbgrader says that it knows no such setting.
c.WidgetsDataTypeFilter.display_data_priority = [
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/html",
    "text/markdown",
    "text/latex",
    "text/plain",
]
