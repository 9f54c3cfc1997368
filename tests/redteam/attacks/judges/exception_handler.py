"""A custom exception handler swallows every exception of later cells."""

kind = "IPython hooks"
aims = "points"
cell = """
get_ipython().set_custom_exc((BaseException,), lambda *arguments, **options: None)
"""
