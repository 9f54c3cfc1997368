"""What describes an output says that its picture lies on a stranger's server."""

kind = "metadata of outputs"
aims = "act connection"
cell = """
from IPython.display import display

there = "http://127.0.0.1:<<port>>/<<name>>"
for mime in ("image/png", "image/jpeg", "image/svg+xml"):
    for data in ({mime: "AAAA"}, {mime: "AAAA", "text/html": "x"}):
        display(data, raw=True, metadata={"filenames": {mime: there}, mime: {"filenames": {mime: there}}})
"""
