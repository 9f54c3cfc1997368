"""The notebook itself is a symbolic link to the source, with its solutions."""

kind = "symlinks out"
aims = "points read"


def hand_in(folder, path):
    path.unlink()
    path.symlink_to(folder.parents[2] / "source" / "target" / "target.ipynb")
