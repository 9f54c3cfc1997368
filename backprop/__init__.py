"""What a student of the course imports: checks that explain, quizzes, the data, and a look at the set-up."""

from .again import again
from .answers import ran_cells
from .check import check, given, quiz
from .data import load_mnist, load_mnist_01
from .errors import BackpropError, CheckFailed
from .hand_in import hand_in
from .listen import returned_and_printed
from .optional import tensorflow
from .setup_check import check_setup

ran_cells.follow()
__version__ = "0.2.0"
__all__ = [
    "BackpropError",
    "CheckFailed",
    "again",
    "check",
    "check_setup",
    "given",
    "hand_in",
    "load_mnist",
    "load_mnist_01",
    "quiz",
    "returned_and_printed",
    "tensorflow",
]
