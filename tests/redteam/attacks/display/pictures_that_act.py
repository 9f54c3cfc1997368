"""Pictures in text are addresses of the grader's own server, which does something when it is asked."""

from nbformat.v4 import new_markdown_cell

kind = "HTML that loads"
aims = "act"
ADDRESSES = (
    "/logout",
    "../../../logout",
    "%2e%2e/%2e%2e/%2e%2e/logout",
    ".%2e/.%2e/.%2e/logout",
    "next",
    "/formgrader/",
)


def change(nb):
    lines = [f"![a]({address}) <img src='{address}' alt=b>" for address in ADDRESSES]
    nb.cells.insert(1, new_markdown_cell("\n\n".join(lines)))
