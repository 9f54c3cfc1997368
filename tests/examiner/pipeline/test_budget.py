"""All that is done for a submission fits into its one budget."""

from __future__ import annotations

import pytest
from traitlets.config import Config

from examiner.pipeline.budget import Budget
from examiner.pipeline.examine import Examine


@pytest.mark.parametrize("seconds", [20, 600, 6000])
def test_its_parts_are_no_more_than_the_whole(seconds):
    config = Config({"Examine": {"submission_seconds": seconds}})
    budget = Budget.of(config)
    assert Examine(config=config).limits().submission_seconds == budget.running
    assert budget.running < budget.texts < budget.texts + budget.page <= seconds
