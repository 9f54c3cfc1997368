"""The table of hidden answers is read, by its path and by the variable that names it."""

kind = "reading hidden.json"
aims = "read points"
cell = """
import glob, os

found = glob.glob("<<course>>/**/hidden.json", recursive=True)
for path in [os.environ.get("BACKPROP_HIDDEN", ""), "hidden.json", *found]:
    if os.path.exists(path):
        print(open(path).read())
"""
