"""The course's own steps in nbgrader's pipelines, one class a file; `nbgrader_config.py` says where each one runs."""

from .examine import Examine
from .repaircells import RepairCells
from .saveextracredit import SaveExtraCredit
from .savenotes import SaveNotes

__all__ = ["Examine", "RepairCells", "SaveExtraCredit", "SaveNotes"]
