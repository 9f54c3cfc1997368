"""Several processes do the work of one, and the death of one of them loses nothing."""

import os

from examiner.commands.workers import in_parallel

PARENT = os.getpid()


def square(x):
    return x * x


def die_elsewhere(job):
    parent, x = job
    if os.getpid() != parent:
        os._exit(1)  # only ever a worker of this test's own pool
    return x * x


def test_every_item_is_done_once():
    assert sorted(in_parallel(square, [3, 1, 2, 3], processes=2)) == [1, 4, 9]


def test_nothing_to_do_is_no_trouble():
    assert list(in_parallel(square, [])) == []


def test_what_a_dying_process_leaves_is_done_here():
    jobs = [(PARENT, x) for x in (1, 2, 3)]
    assert sorted(in_parallel(die_elsewhere, jobs, processes=2)) == [1, 4, 9]
