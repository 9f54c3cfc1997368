"""A cell magic `%%capture` in front of the shell's cell runner hides what later cells put out."""

kind = "IPython magics"
aims = "points"
cell = """
shell = get_ipython()
original = shell.run_cell_async

async def captured(source, *arguments, **options):
    options["transformed_cell"] = None
    return await original("%%capture --no-stderr\\n%%script true\\n" + source, *arguments, **options)

shell.run_cell_async = captured
"""
