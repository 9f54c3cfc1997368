"""The shell's own `run_code` is replaced by one that runs nothing and reports success."""

kind = "IPython hooks"
aims = "points"
cell = """
async def nothing(*arguments, **options):
    return False

get_ipython().run_code = nothing
"""
