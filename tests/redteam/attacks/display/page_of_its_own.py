"""A page and a drawing with scripts are handed in, and the text links to them: they would run beside Formgrader."""

from nbformat.v4 import new_markdown_cell

kind = "HTML and script in outputs"
aims = "act"
SCRIPT = "redteam()"


def change(nb):
    text = "[my figure](figure.html) and [its drawing](figure.svg), ![or here](figure.svg)"
    nb.cells.insert(1, new_markdown_cell(f"{text} <a href='figure.html'>b</a> <a href='x/../figure.html'>c</a>"))


def hand_in(folder, path):
    (folder / "figure.html").write_text(f"<script>{SCRIPT}</script>")
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><script>{SCRIPT}</script></svg>"
    (folder / "figure.svg").write_text(drawing)
