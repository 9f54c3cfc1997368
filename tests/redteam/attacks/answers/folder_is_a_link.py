"""The whole folder that is handed in is a symbolic link to a neighbour's."""

import shutil

kind = "symlinks out"
aims = "points read"


def hand_in(folder, path):
    shutil.rmtree(folder)
    folder.symlink_to("../zoe/target")
