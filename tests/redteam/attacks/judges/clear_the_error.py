"""A hook that runs after each cell clears the cell's output, and with it the error."""

kind = "IPython hooks"
aims = "points"
cell = """
from IPython.display import clear_output

get_ipython().events.register("post_run_cell", lambda result: clear_output())
"""
