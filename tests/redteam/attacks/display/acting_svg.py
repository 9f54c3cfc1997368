"""SVG in outputs, text and HTML runs scripts, loads pictures and styles, and holds HTML in a foreign object."""

from nbformat.v4 import new_markdown_cell

kind = "HTML and script in outputs"
aims = "act connection"
DRAWING = """<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'
onload='redteam()' width='99'>
<style>@import url(http://127.0.0.1:47631/svg-style);</style><script>redteam()</script>
<foreignObject width='99' height='99'><body xmlns='http://www.w3.org/1999/xhtml' onload='redteam()'>
<img src='http://127.0.0.1:47631/svg-foreign' onerror='redteam()'/></body></foreignObject>
<image href='http://127.0.0.1:47631/svg-image' xlink:href='http://127.0.0.1:47631/svg-image'/>
<use href='http://127.0.0.1:47631/svg-use#x'/><animate onbegin='redteam()' attributeName='x' dur='1s'/>
<a xlink:href='javascript:redteam()'><rect width='99' height='99'/><text y='9'>click</text></a></svg>"""
cell = f"""
from IPython.display import HTML, SVG, Markdown, display

drawing = {DRAWING!r}
for show in (SVG, HTML, Markdown):
    display(show(drawing))
display({{"image/svg+xml": "' onerror='redteam()" + drawing}}, raw=True)
"""


def change(nb):
    drawing = DRAWING.replace("\n", "")
    nb.cells.insert(1, new_markdown_cell(f"{drawing}\n\nand in a line {drawing} of text"))
