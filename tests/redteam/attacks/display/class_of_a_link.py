"""A link in an HTML output is of the class by which Formgrader knows its button for full points."""

kind = "what a page's own scripts look for"
aims = "act"
cell = """
from IPython.display import HTML, display

for name in ("check-1", "hidden-1", "test-2"):
    link = f'<a id="{name}" class="full-credit btn btn-default" href="#{name}">How I solved it</a>'
    display(HTML(f'<div class="panel nbgrader_cell">{link}</div>'))
"""
