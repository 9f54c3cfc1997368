"""The environment of this and of every other process is printed."""

kind = "reading the environment"
aims = "read"
cell = """
import glob, os, subprocess

print(dict(os.environ))
for path in glob.glob("/proc/*/environ"):
    try:
        print(open(path, "rb").read())
    except OSError:
        pass
print(subprocess.run("env; tr '\\\\0' '\\\\n' < /proc/1/environ", shell=True, capture_output=True))
"""
