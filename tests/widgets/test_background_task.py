"""Long work leaves the notebook free: portions, stop, interrupt, and nothing of the notebook's own is disturbed."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import warnings

import numpy as np
import pytest

from backprop.widgets.shared import background_task
from backprop.widgets.shared.background_task import BackgroundTask


def work(pieces):
    """Return work over these pieces, and a list in which its end will stand."""
    ends = []
    return BackgroundTask(iter(pieces), lambda: None, ends.append), ends


async def until(condition):
    while not condition():
        await asyncio.sleep(0)


def test_other_tasks_run_between_two_portions(monkeypatch):
    monkeypatch.setattr(background_task, "PORTION", 0.0)  # one piece at a time
    log = []

    async def notebook():
        under_way, ends = work(log.append(f"piece {i}") for i in range(5))
        under_way.start(asyncio.get_running_loop())
        while not ends:
            log.append("cell")
            await asyncio.sleep(background_task.REST)
        return ends

    assert asyncio.run(notebook()) == [None]
    assert [entry for entry in log if entry != "cell"] == [f"piece {i}" for i in range(5)]
    assert "cell" in log[log.index("piece 0") : log.index("piece 4")]


def test_stop_ends_work_that_has_no_end_of_its_own():
    done = []

    def endless():
        while True:
            done.append(1)
            yield

    async def notebook():
        under_way, ends = work(endless())
        under_way.start(asyncio.get_running_loop())
        await until(lambda: done)
        stopper = threading.Thread(target=under_way.stop)  # as the browser's messages come, in another thread
        stopper.start()
        await until(lambda: ends)
        stopper.join()
        return ends, under_way.under_way

    assert asyncio.run(notebook()) == (["stopped"], False)


def test_what_the_work_raises_is_handed_over_and_not_thrown_into_the_loop():
    def faulty():
        yield
        raise ZeroDivisionError("by nothing")

    async def notebook():
        under_way, ends = work(faulty())
        under_way.start(asyncio.get_running_loop())
        await until(lambda: ends)
        return ends

    (error,) = asyncio.run(notebook())
    assert isinstance(error, ZeroDivisionError)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send a process an interrupt")
def test_the_kernels_interrupt_ends_a_piece_that_never_returns():
    def hangs():
        threading.Timer(0, os.kill, (os.getpid(), signal.SIGINT)).start()
        while True:
            pass
        yield

    async def notebook():
        under_way, ends = work(hangs())
        under_way.start(asyncio.get_running_loop())
        await until(lambda: ends)
        return ends

    async def between_cells():
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a kernel has it between two cells
        try:
            return await notebook(), signal.getsignal(signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

    assert asyncio.run(between_cells()) == (["interrupted"], signal.SIG_IGN)


def test_the_notebooks_random_numbers_go_on_as_if_nothing_had_been_drawn():
    np.random.seed(5)
    expected = np.random.randn(4)
    np.random.seed(5)
    first = np.random.randn(2)
    under_way, _ = work(np.random.randn(100) for _ in range(3))
    under_way.finish()
    assert np.array_equal(np.concatenate([first, np.random.randn(2)]), expected)


def test_work_that_seeds_gets_the_same_numbers_however_often_it_is_put_aside(monkeypatch):
    monkeypatch.setattr(background_task, "PORTION", 0.0)
    drawn = []

    def draws():
        np.random.seed(3)
        for _ in range(4):
            drawn.append(np.random.rand())
            yield

    async def notebook():
        under_way, ends = work(draws())
        under_way.start(asyncio.get_running_loop())
        while not ends:
            np.random.seed(99)  # a cell that is run meanwhile
            await asyncio.sleep(0)

    asyncio.run(notebook())
    assert drawn == list(np.random.RandomState(3).rand(4))


def test_what_a_function_prints_and_warns_of_does_not_appear_under_another_cell(capsys):
    def noisy():
        print("cost 0.5")
        np.exp(np.array([1e5]))
        warnings.warn("mind this", stacklevel=1)
        yield

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        under_way, ends = work(noisy())
        under_way.finish()
    assert ends == [None]
    assert capsys.readouterr() == ("", "")


def test_finish_raises_what_the_work_raises():
    under_way, _ = work(1 / i for i in (1, 0))
    with pytest.raises(ZeroDivisionError):
        under_way.finish()


def test_a_moment_does_at_least_one_piece_and_leaves_the_rest():
    pieces = iter(range(1000))
    under_way, ends = work(pieces)
    under_way.for_a_moment(0.0)
    assert next(pieces) == 1
    assert (ends, under_way.under_way) == ([], True)
