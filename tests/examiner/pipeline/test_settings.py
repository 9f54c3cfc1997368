"""`nbgrader_config.py` shows an instructor what can be set, with the numbers that count where it says nothing."""

from __future__ import annotations

import pytest

from examiner.commands.nbgrader_api import config_of
from examiner.course.folders import Course
from examiner.pipeline.autograde import AutogradeAnything
from examiner.pipeline.examine import Examine


@pytest.mark.parametrize("step", [Examine, AutogradeAnything])
def test_the_file_says_the_numbers_that_the_code_has(step, course_root):
    said = dict(config_of(Course(course_root))[step.__name__])
    assert said
    assert said == {name: step.class_traits(config=True)[name].default() for name in said}
