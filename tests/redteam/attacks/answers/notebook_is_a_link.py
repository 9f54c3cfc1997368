"""The notebook itself is a symbolic link to a neighbour's."""

kind = "symlinks out"
aims = "points read"


def hand_in(folder, path):
    path.unlink()
    path.symlink_to("../../zoe/target/target.ipynb")
