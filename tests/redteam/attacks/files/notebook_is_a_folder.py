"""The notebook itself is a folder, with a loop of links in it."""

kind = "files that are none"
aims = "batch neighbour"


def hand_in(folder, path):
    path.unlink()
    path.mkdir()
    path.joinpath("loop").symlink_to("..")
    folder.joinpath("self").symlink_to("self")
