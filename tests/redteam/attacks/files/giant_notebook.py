"""A notebook of ninety million characters is handed in."""

kind = "files that are none"
aims = "batch neighbour"
on_nbgrader = False


def hand_in(folder, path):
    path.write_text(path.read_text().replace("# Target", "# " + "x" * 90_000_000, 1))
