"""A file of ten billion bytes is handed in that takes no room until someone copies it."""

kind = "files that are none"
aims = "batch neighbour"
base = "half"
on_nbgrader = False


def hand_in(folder, path):
    with folder.joinpath("data.bin").open("wb") as file:
        file.truncate(10 * 10**9)
