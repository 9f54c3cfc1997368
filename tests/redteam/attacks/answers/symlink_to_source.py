"""A file that is handed in is a symbolic link to the source, and others to the home directory and the gradebook."""

kind = "symlinks out"
aims = "read"
cell = """
import glob, os

for path in glob.glob("**/*", recursive=True):
    if os.path.isfile(path) and not path.endswith(".ipynb"):
        print(open(path, "rb").read().decode(errors="replace"))
"""


def hand_in(folder, path):
    course = folder.parents[2]
    folder.joinpath("answers.txt").symlink_to(course / "source" / "target" / "target.ipynb")
    folder.joinpath("hidden.txt").symlink_to("../../../source/target/hidden.json")
    folder.joinpath("home").symlink_to(course.parent / "home")
    folder.joinpath("images").symlink_to(course / "submitted" / "zoe")
    folder.joinpath("grades.txt").symlink_to(course / "gradebook.db")
