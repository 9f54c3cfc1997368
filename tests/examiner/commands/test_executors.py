"""Several processes do the work of one, and the death of one of them loses nothing."""

import os

import pytest

from examiner.commands import executors
from examiner.errors import ExaminerError

PARENT = os.getpid()


def square(x):
    return x * x


def die_once(parent, folder, x):
    """Die the first time that `x` is 2."""
    if x == 2 and not (folder / "died").exists() and os.getpid() != parent:
        (folder / "died").touch()
        os._exit(1)  # only ever a worker of this test's own pool
    return x * x


def die_always(parent, x):
    if x == 2 and os.getpid() != parent:
        os._exit(1)
    return x * x


def refuse(x):
    raise OSError(f"no space left for {x}")


def found(workers, task, jobs):
    return sorted((job[-1], result) for job, result in executors.results(workers, task, jobs))


def test_every_job_is_done_once_with_one_worker_and_with_two():
    jobs = [(x,) for x in (3, 1, 2)]
    for workers in (executors.local(1), executors.local(2)):
        assert found(workers, square, jobs) == [(1, 1), (2, 4), (3, 9)]


def test_nothing_to_do_is_no_trouble():
    assert found(executors.local(2), square, []) == []


def test_what_a_dying_process_leaves_is_done_again(tmp_path):
    jobs = [(PARENT, tmp_path, x) for x in (1, 2, 3, 4, 5)]
    assert found(executors.local(2), die_once, jobs) == [(x, x * x) for x in (1, 2, 3, 4, 5)]


def test_who_ends_every_process_is_named_and_all_others_are_done():
    done = dict(found(executors.local(2), die_always, [(PARENT, x) for x in (1, 2, 3, 4, 5)]))
    lost = done.pop(2)
    assert done == {1: 1, 3: 9, 4: 16, 5: 25}
    assert "ended twice" in str(lost)


def test_what_raises_twice_is_returned_as_it_was_raised():
    ((_, error),) = executors.results(executors.local(1), refuse, [(1,)])
    assert repr(error) == repr(OSError("no space left for 1"))


def test_a_class_is_not_read_ahead_of_its_workers():
    taken = []
    jobs = ((x,) for x in range(100) if not taken.append(x))
    next(iter(executors.results(executors.local(1), square, jobs)))
    assert len(taken) == 1


def pid():
    return os.getpid()


def test_processes_last_from_one_batch_to_the_next_and_are_replaced_where_one_has_died(tmp_path):
    with executors.lasting(executors.local(2)) as workers:
        before = {result for _, result in executors.results(workers, pid, [()] * 8)}
        after = {result for _, result in executors.results(workers, pid, [()] * 8)}
        assert PARENT not in before
        assert len(before | after) <= 2
        assert found(workers, die_once, [(PARENT, tmp_path, x) for x in (1, 2, 3)]) == [(1, 1), (2, 4), (3, 9)]
        assert found(workers, square, [(4,)]) == [(4, 16)]


def test_a_scheduler_that_is_not_there_is_named():
    with pytest.raises(ExaminerError, match="Dask"):
        executors.dask("tcp://127.0.0.1:1")
