"""Other processes on the machine are looked for, by `/proc`, by signals, and by abstract sockets and semaphores."""

kind = "reading /proc"
aims = "prove"
cell = """
import os, subprocess

def says_python_or_grader(text):
    return any(word in text for word in (b"nbgrader", b"examiner grade", b"inside.py", b"bwrap"))

for name in os.listdir("/proc"):
    if name.isdigit():
        try:
            if says_python_or_grader(open(f"/proc/{name}/cmdline", "rb").read().replace(b"\\0", b" ")):
                print("<<proof>>", name)
        except OSError:
            pass
for pid in range(3, 2000):
    try:
        os.kill(pid, 0)
        if not os.path.exists(f"/proc/{pid}"):
            print("<<proof>>", pid)
    except OSError:
        pass
"""
