"""`showtraceback` is replaced by a function that shows nothing, so that no error output is recorded."""

kind = "IPython hooks"
aims = "points"
cell = """
get_ipython().showtraceback = lambda *arguments, **options: None
get_ipython().showsyntaxerror = lambda *arguments, **options: None
"""
