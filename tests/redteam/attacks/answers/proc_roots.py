"""The course is looked for behind `/proc/*/root`, `/proc/*/cwd` and the open files of other processes."""

kind = "reading /proc"
aims = "read"
cell = """
import glob, os

places = glob.glob("/proc/*/root<<course>>/source/*/*") + glob.glob("/proc/*/root<<home>>/*")
places += glob.glob("/proc/*/cwd/*.txt") + glob.glob("/proc/*/cwd/../../../source/*/*")
places += glob.glob("/proc/*/task/*/root<<course>>/gradebook.db")
places += glob.glob("/proc/*/fd/*") + glob.glob("/proc/*/map_files/*")
for path in places:
    try:
        if os.path.isfile(path):
            with open(path, "rb") as file:
                print(file.read(50_000).decode(errors="replace"))
    except OSError:
        pass
"""
