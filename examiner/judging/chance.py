"""Answers that come out the same whatever else runs: they set the random numbers before they draw any.

Nothing is run here, and whatever cannot be told is taken to depend on chance.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from backprop.answers.unparsed import BROKEN

from .only_shown import is_quiet

# Random numbers that `np.random.seed` does not set, and names that functions keep from one call to the next.
ELSEWHERE = re.compile(
    r"\b(default_rng|RandomState|SeedSequence|Generator|set_state|get_state|secrets|urandom|uuid\d?|time|datetime|global"
    r"|nonlocal)\b|\bimport +random\b|\bfrom +random\b"
)


def has_no_part(answer: str, own: Iterable[str]) -> bool:
    """Tell whether chance has no part in an answer, in a notebook whose `own` cells hold what its functions do."""
    return _seeds_first(answer) and not any(ELSEWHERE.search(source) for source in own)


def _seeds_first(answer: str) -> bool:
    """Tell whether a cell seeds NumPy before it does anything but define functions and give constants names."""
    try:
        body = ast.parse(answer).body
    except BROKEN:
        return False
    for node in body:
        if not is_quiet(node):
            return _is_seed(node)
    return False


def _is_seed(node: ast.stmt) -> bool:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    call = node.value
    named = ast.unparse(call.func) in ("np.random.seed", "numpy.random.seed")
    return named and not call.keywords and [type(one) for one in call.args] == [ast.Constant]
