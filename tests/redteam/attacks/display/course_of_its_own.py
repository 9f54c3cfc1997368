"""A link has Formgrader open the submission as a course, and run the configuration that was handed in."""

from nbformat.v4 import new_markdown_cell

kind = "what a page's own scripts look for"
aims = "act change"
PORT = 47700  # of the server in which pages are read


def change(nb):
    nb.cells.insert(1, new_markdown_cell("to be filled in"))


def hand_in(folder, path):
    found = folder.resolve()
    text = path.read_text()
    link = f"[a](http://127.0.0.1:{PORT}/formgrader?path={found}) [b](../../formgrader?path={found})"
    path.write_text(text.replace("to be filled in", link))
    ran = found.parents[2] / "source" / "ran"
    (folder / "nbgrader_config.py").write_text(f"open({str(ran)!r}, 'w').close()\n")
