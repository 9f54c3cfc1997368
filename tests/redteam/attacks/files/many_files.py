"""Twenty thousand files are handed in."""

kind = "inode bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False


def hand_in(folder, path):
    for number in range(20_000):
        folder.joinpath(f"{number}.txt").touch()
