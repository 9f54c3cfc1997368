"""The IPython shell that runs a student's cells as a notebook's kernel would, without a kernel's sockets."""

from __future__ import annotations

import builtins
import getpass
import pdb
import random
import sys

import comm
import numpy as np
from comm import DummyComm
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell as KernelShell
from IPython.core import debugger
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from traitlets import Any, Type
from traitlets.config import Config

from ..wire import messages
from . import drawing
from .output_capture import OutputCapture, Stream, as_text

MOST_OF_AN_ERROR = 20_000  # characters of one exception's text, and of its traceback
# Nothing that a notebook draws from may differ from one grading to the next.
SEED = 0


class Publisher(DisplayPublisher):
    """Sends what `display` shows."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
        self._validate_data(data, metadata or {})
        shown = str((transient or {}).get("display_id") or "")
        self.shell.capture.event(
            messages.Display(
                event="display", data=as_text(data), metadata=metadata or {}, display_id=shown, update=bool(update)
            )
        )

    def clear_output(self, wait=False):
        self.shell.capture.event(messages.Clear(event="clear", wait=bool(wait)))


class ResultHook(DisplayHook):
    """Sends the value of a cell's last line."""

    data: dict = {}  # noqa: RUF012  set for each result
    shell: ZMQInteractiveShell

    def quiet(self):
        return not self.shell.silent_errors and super().quiet()  # it asks the student's last cell, not the test

    def start_displayhook(self):
        self.data, self.metadata = {}, {}

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.data, self.metadata = format_dict, md_dict or {}

    def finish_displayhook(self):
        if self.data:
            data, count = as_text(self.data), self.prompt_count
            self.shell.capture.event(messages.Result(event="result", data=data, metadata=self.metadata, count=count))


class ZMQInteractiveShell(KernelShell):
    """Named like a kernel's shell, since libraries ask for that name to know that they are in a notebook."""

    displayhook_class = Type(ResultHook)  # type: ignore[assignment]  # not the kernel's, which talk to sockets
    display_pub_class = Type(Publisher)  # type: ignore[assignment]
    capture = Any()
    ended = False  # the notebook has called `exit`
    silent_errors = False  # of a test, which says by itself what it failed with

    def run_cell(self, *arguments, **keywords):
        for name in ("stdout", "stderr"):  # IPython ends where a notebook has put nothing in their place
            if not hasattr(getattr(sys, name, None), "write"):
                setattr(sys, name, Stream(name, self.capture))
        return super().run_cell(*arguments, **keywords)

    def enable_gui(self, gui=None):
        if gui not in (None, "inline"):
            drawing.pass_over(gui)

    def enable_matplotlib(self, gui=None):
        if gui not in (None, "auto") and drawing.is_window(gui):
            drawing.pass_over(gui)
        return super().enable_matplotlib(gui if gui and gui.lower() in drawing.FILES else "inline")

    def ask_exit(self):
        self.ended = True

    def _showtraceback(self, etype, evalue, stb):
        if self.silent_errors:
            return
        try:
            value = str(evalue)
        except Exception:
            value = "<its message cannot be shown>"
        lines = [str(line)[:MOST_OF_AN_ERROR] for line in stb[:200]]
        value = value[:MOST_OF_AN_ERROR]
        self.capture.event(messages.Error(event="error", ename=etype.__name__, evalue=value, traceback=lines))

    def refuse_input(self, *_, **__):
        raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")

    def refuse_password(self, *_, **__):
        raise StdinNotImplementedError("getpass was called, but this frontend does not support input requests.")


class _Nowhere:
    def event(self, *_, **__):
        pass


def prepare() -> ZMQInteractiveShell:
    """Return a shell in which nothing has run, with what takes long the first time already done: loading what notebooks
    load, a figure, a cell, an error."""
    config = Config()
    config.HistoryManager.enabled = False  # else it starts a thread, and writes a file
    shell = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    shell.capture = _Nowhere()
    comm.create_comm = _lonely_comm
    pdb.set_trace = debugger.set_trace = _go_on
    # IPython loads a family of magics once, at the first use: it has to be there whenever magics are put back.
    shell.magics_manager.load_all_lazy_magics()
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt
    import numpy.random  # noqa: F401  which NumPy loads only when it is asked for

    import backprop  # noqa: F401

    drawing.without_windows()
    figure, axes = plt.subplots()  # the first figure takes longer than all others
    axes.set_title("$x$")
    if shell.display_formatter:
        shell.display_formatter.format(figure)
    plt.close("all")
    shell.run_cell("0", store_history=False)  # and so does the first cell
    shell.run_cell("1 / 0", store_history=False)  # and the first error, for which all modules are looked through
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)
    shell.reset(new_session=True)
    return shell


def _go_on(*arguments, **keywords):
    """Take a stop that was forgotten in an answer for one that is continued."""


def _lonely_comm(*arguments, **keywords):
    """Return a line to a front end that is not there: widgets can be made and set, and nobody sees them."""
    return DummyComm(*arguments, **keywords)


def take_over(shell: ZMQInteractiveShell, capture: OutputCapture) -> None:
    """Let `shell` and everything in this process print, show and fail to `capture`."""
    shell.capture = capture
    for name in ("stdout", "stderr"):
        stream = Stream(name, capture)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    capture.take_over()
    builtins.input = shell.refuse_input
    getpass.getpass = shell.refuse_password
    sys.argv = [""]
    sys.path.insert(0, "")  # modules beside the notebook
    random.seed(SEED)
    np.random.seed(SEED)
