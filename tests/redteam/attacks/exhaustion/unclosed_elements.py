"""Text cells and outputs open thousands of elements and close none, which costs whoever lays them out their square."""

from nbformat.v4 import new_markdown_cell

kind = "recursion"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
TEXTS = (
    "<b><p>" * 1000,
    "<b><i>" * 1000,
    "<div>" * 1500,
    "> " * 3000,
    "- " * 3000,
    "[" * 6000,
    "*a " * 2000,
    "\\begin{a}" * 4000,
    "<a href='" * 1000,
    "".join(f"<font size={n}><p>" for n in range(400)),
)
cell = f"""
from IPython.display import HTML, Markdown, display

for text in {TEXTS!r}:
    display(HTML(text), Markdown(text))
"""


def change(nb):
    nb.cells += [new_markdown_cell(text, id=f"deep-{number}") for number, text in enumerate(TEXTS)]
