"""A user namespace is made in which the process is root, and file systems are mounted, moved and made writable."""

kind = "user-namespace and mount tricks"
aims = "read change prove"
cell = """
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
if os.fork() == 0:
    uid, gid = os.getuid(), os.getgid()
    libc.unshare(0x10000000 | 0x00020000)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        try:
            open(f"/proc/self/{name}", "w").write(text)
        except OSError:
            pass
    libc.mount(b"none", b"/", None, 0x44000, None)
    for place in (b"/", b"/usr", b"/home", b"/tmp", os.getcwd().encode()):
        libc.mount(None, place, None, 0x20 | 0x1000, None)
        libc.umount2(place, 2)
    libc.mount(b"proc", b"/tmp", b"proc", 0, None)
    for path in ("<<course>>/source/target/target.ipynb", "<<home>>/private.txt", "/tmp/1/root<<course>>/gradebook.db"):
        try:
            print(open(path, "rb").read().decode(errors="replace"))
        except OSError:
            pass
    try:
        open("/usr/<<name>>", "w")
        print("<<proof>>")
    except OSError:
        pass
    os._exit(0)
os.wait()
"""
