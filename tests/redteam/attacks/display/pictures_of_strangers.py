"""Pictures in text lie on a stranger's server, under addresses that do not look like one."""

from nbformat.v4 import new_markdown_cell

kind = "HTML that loads"
aims = "act connection"
ADDRESSES = (
    "http://127.0.0.1:47631/seen.png",
    "//stranger.example/seen.png",
    "files///stranger.example/seen.png",
    "/files//stranger.example/seen.png",
    r"\\\\stranger.example\\seen.png",
    "/\t/stranger.example/seen.png",
    "ftp://stranger.example/seen.png",
    "blob:http://stranger.example/seen.png",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='//stranger.example/x'/></svg>",
)


def change(nb):
    lines = [f"![a]({address}) <img src='{address}'> <img srcset='{address} 1x' src=x.png>" for address in ADDRESSES]
    lines += ["![b][stranger] <picture><source srcset='//stranger.example/y.png'><img src=x.png></picture>"]
    lines += ["", "[stranger]: //stranger.example/reference.png"]
    nb.cells.insert(1, new_markdown_cell("\n\n".join(lines)))
