"""What the server of `worker_processes` loads. Import it nowhere else: it ties the process to the one that started it.

Workers hold the line by which `multiprocessing` would tell the server that its parent has ended, however that ends. So
the kernel is asked to end it then, and the workers with it.
"""

from __future__ import annotations

import gc
import signal

from ..guest import linux

linux.prctl(linux.Process.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)  # first, since loading takes a second

import matplotlib.pyplot  # noqa: E402, F401  set-up cells of an assignment import it

from . import grade  # noqa: E402, F401  what a worker is asked to do

gc.collect()
gc.freeze()  # forks go on sharing these pages, as those of a student's fork server do
