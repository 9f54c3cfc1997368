"""What a friend left for this notebook is looked for, in every place that can be written."""

kind = "reading other submissions"
aims = "prove"
on_nbgrader = False
cell = """
import os

places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/box/warm", "/private", os.path.expanduser("~"), "..", "."]
for place in places:
    for name in os.listdir(place) if os.path.isdir(place) else ():
        if name.startswith("redteam-letter"):
            print("<<proof>>", place, name)
"""
