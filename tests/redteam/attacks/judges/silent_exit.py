"""A called function silences stderr and leaves by `SystemExit`, which leaves no error output."""

kind = "IPython hooks"
aims = "points"
cell = """
import io, sys, warnings

def leave(*arguments):
    sys.stderr = sys.__stderr__ = io.StringIO()
    warnings.simplefilter("ignore")
    get_ipython().exit_now = False
    get_ipython().ask_exit = lambda: None
    raise SystemExit

class Network:
    __init__ = leave

class Leaving:
    __eq__ = __getitem__ = leave

total = grid = Leaving()
"""
