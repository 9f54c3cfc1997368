"""Links in text and outputs hold scripts and whole pages, written so that a filter may not know them."""

from nbformat.v4 import new_markdown_cell

kind = "HTML and script in outputs"
aims = "act"
ADDRESSES = (
    "javascript:redteam()",
    "JaVaScRiPt:redteam()",
    " javascript:redteam()",
    "java\tscript:redteam()",
    "java&NewLine;script:redteam()",
    "&#106;avascript&colon;redteam()",
    "\x01javascript:redteam()",
    "view-source:javascript:redteam()",
    "data:text/html,<script>redteam()</script>",
    "data:text/html;base64,PHNjcmlwdD5yZWR0ZWFtKCk8L3NjcmlwdD4=",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='redteam()'/>",
    "vbscript:redteam()",
)
HTML = "\n".join(f'<a href="{address}" target="_self">a</a>' for address in ADDRESSES)
cell = f"""
from IPython.display import HTML, Markdown, display

display(HTML({HTML!r}))
display(Markdown({HTML!r}))
"""


def change(nb):
    lines = [f"[a]({address}) [b](<{address}>) <{address}>" for address in ADDRESSES]
    lines += [f"[c][{number}]\n\n[{number}]: {address}" for number, address in enumerate(ADDRESSES)]
    nb.cells[1:1] = [new_markdown_cell("\n\n".join(lines)), new_markdown_cell(HTML)]
