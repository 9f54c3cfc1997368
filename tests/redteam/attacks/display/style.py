"""Styles load what tells that a page is read, and lay a link over all of it."""

from nbformat.v4 import new_markdown_cell

kind = "HTML that loads"
aims = "act connection"
STYLED = """<style>@import url(http://127.0.0.1:47631/import);
body { background: url(http://127.0.0.1:47631/background) }
@font-face { font-family: x; src: url(http://127.0.0.1:47631/font) } * { font-family: x }</style>

<div style="background: url(http://127.0.0.1:47631/div); position: fixed; inset: 0;
z-index: 9999"><a href="x.html">a</a></div>

<a style="position: fixed; inset: 0; background-image: image-set(url(//127.0.0.1:47631/set) 1x)" href="/logout">b</a>

<p style="list-style: url(http://127.0.0.1:47631/list); content: url(http://127.0.0.1:47631/content)">c</p>
"""
cell = f"""
from IPython.display import HTML, Markdown, display

display(HTML({STYLED!r}))
display(Markdown({STYLED!r}))
"""


def change(nb):
    nb.cells.insert(1, new_markdown_cell(STYLED))
