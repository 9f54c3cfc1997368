"""Words are left in every place that can be written, for a friend whose notebook looks for them there."""

kind = "reading other submissions"
aims = "change prove"
cell = """
import os

places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/box/warm", "/private", os.path.expanduser("~"), "..", "."]
for place in places:
    for name in os.listdir(place) if os.path.isdir(place) else ():
        if name.startswith("redteam-letter") and "<<student>>" not in name:
            print("<<proof>>", place, name)
    try:
        open(f"{place}/redteam-letter-<<student>>", "w").write("the answer is 42")
    except OSError:
        pass
"""
