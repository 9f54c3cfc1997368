"""The notebook holds lone surrogates, NUL characters and numbers that are none."""

kind = "files that are none"
aims = "batch neighbour"
base = "half"
cell = """
x = "lone-surrogate"
"""


def hand_in(folder, path):
    text = path.read_text().replace("lone-surrogate", "\\ud800 \\u0000")
    path.write_text(text.replace('"execution_count": null', '"execution_count": NaN', 1))
