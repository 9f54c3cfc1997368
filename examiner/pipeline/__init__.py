"""The course's own steps in nbgrader's pipelines, one class a file; `nbgrader_config.py` says where each one runs."""

from .carry_tables import CarryTables
from .choose_ways import ChooseWays
from .examine import Examine
from .overwrite_cells import OverwriteCells
from .plain_text import PlainText
from .repair_cells import RepairCells
from .save_extra_credit import SaveExtraCredit
from .save_notes import SaveNotes

__all__ = [
    "CarryTables",
    "ChooseWays",
    "Examine",
    "OverwriteCells",
    "PlainText",
    "RepairCells",
    "SaveExtraCredit",
    "SaveNotes",
]
