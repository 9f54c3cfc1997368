"""A Markdown output fakes the cell of a test, with a score that is ready to be sent."""

kind = "what a page's own scripts look for"
aims = "act"
cell = """
from IPython.display import Markdown, display

cell = '<div class="nbgrader_cell"><span id="check-1">x</span> <a class="full-credit" href="#x">see</a></div>'
for around in ("{}", "* {}", "> {}", "|a|\\\\n|-|\\\\n|{}|", "<details open><summary>{}</summary></details>"):
    display(Markdown(around.format(cell)))
"""
