"""The notebook's metadata is a hundred thousand lists inside each other."""

kind = "files that are none"
aims = "batch neighbour"


def hand_in(folder, path):
    text = path.read_text()
    path.write_text(text.replace('"metadata": {', '"metadata": {"deep": ' + "[" * 100_000 + "]" * 100_000 + ",", 1))
