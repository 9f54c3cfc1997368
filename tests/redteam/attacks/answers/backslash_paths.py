"""Files are reached by names with dots, doubled slashes, `/proc/self/root` and `/dev/fd`."""

kind = "path tricks in file names"
aims = "read"
cell = """
import os

ways = ["../" * depth + "source/target/target.ipynb" for depth in range(8)]
ways += [f"/proc/self/root{'<<course>>'}/gradebook.db", f"/proc/self/cwd/../../..//./source/target/hidden.json"]
ways += [f"/proc/thread-self/root/{'<<home>>'}/private.txt", "/dev/fd/../cwd/../../../source/target/hidden.json"]
for way in ways:
    try:
        print(open(way, "rb").read().decode(errors="replace"))
    except OSError:
        pass
"""
