"""Statements about the types of messages: that the student's process takes what they say."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from examiner.guest.server import Server
from examiner.runner.results import WithinTest
from examiner.wire import messages

REQUESTS = get_args(messages.Request)
SEEDED = get_args(messages.Seeded)


def task(request: type) -> str:
    (name,) = get_args(get_type_hints(request)["do"])
    return name


@pytest.mark.parametrize("request_type", REQUESTS, ids=task)
def test_the_students_process_takes_a_request_as_its_type_says(request_type):
    takes = inspect.signature(getattr(Server, f"do_{task(request_type)}")).parameters
    seeded = {"how"} if request_type in SEEDED else set()
    assert set(takes) - {"self"} == (set(get_type_hints(request_type)) - {"do"}) | seeded


def test_it_takes_no_other_requests():
    assert {name for name in vars(Server) if name.startswith("do_")} == {f"do_{task(one)}" for one in REQUESTS}


def test_what_goes_with_a_seeded_request_is_what_an_attempt_takes():
    assert set(inspect.signature(Server._attempt).parameters) - {"self", "step"} == set(messages.How.__annotations__)


def test_all_that_is_known_of_a_test_is_sent():
    assert {field.name for field in fields(WithinTest)} == set(messages.Judge.__annotations__) - {"do", "word"}
