"""The course's own steps in nbgrader's pipelines, one class a file; `nbgrader_config.py` says where each one runs."""

from .keepchecksfair import KeepChecksFair
from .limitoutputsize import LimitOutputSize
from .repaircells import RepairCells
from .runsubmission import RunSubmission
from .saveextracredit import SaveExtraCredit

__all__ = ["KeepChecksFair", "LimitOutputSize", "RepairCells", "RunSubmission", "SaveExtraCredit"]
