"""An input transformer replaces the text of every later cell by `pass`."""

kind = "input transformers"
aims = "points"
cell = """
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
"""
