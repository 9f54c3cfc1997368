"""Open the course: make an environment beside this file, install what the notebooks need, and start JupyterLab.

    python start.py                 (on Windows: py start.py)
    python start.py --tensorflow    with TensorFlow, for MNIST and a second opinion on your gradients

It needs Python 3.11 or newer and nothing else. What is installed stays in the folder .venv here; delete that folder to
start over. Your notebooks are never touched.
"""

import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDED = (3, 11)
FIRST = ""  # the notebook to begin with, in the folder notebooks; filled in where the bundle is made


def python_of(folder, os_name=os.name, join=os.path.join):
    """Return the Python of the environment in `folder`."""
    return join(folder, "Scripts", "python.exe") if os_name == "nt" else join(folder, "bin", "python")


def too_old(version=sys.version_info):
    """Return what to do about a Python that is too old, or ""."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    said = "This is Python {}.{}, and the course needs {}.{} or newer. Install one from python.org, and run this again."
    return said.format(version[0], version[1], *NEEDED)


def wanted(arguments):
    """Return what is to be installed, as pip takes it."""
    files = ["requirements.txt"] + (["requirements-tensorflow.txt"] if "--tensorflow" in arguments else [])
    wheels = sorted(glob.glob(os.path.join(HERE, "wheels", "*.whl")))
    return [part for file in files for part in ("-r", os.path.join(HERE, file))] + wheels


def said_in(parts):
    """Return a text that is another when anything else is to be installed."""
    texts = []
    for part in parts:
        if part.endswith(".txt"):
            with open(part, encoding="utf-8") as file:
                texts.append(file.read())
        elif part != "-r":
            texts.append(f"{os.path.basename(part)} {os.path.getsize(part)}")
    return "\n".join(texts)


def install(arguments):
    """Make the environment, once, and return its Python; ends with one sentence where that cannot be done."""
    folder = os.path.join(HERE, ".venv")
    python, stamp = python_of(folder), os.path.join(folder, "installed.txt")
    parts = wanted(arguments)
    if os.path.exists(stamp) and os.path.exists(python):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == said_in(parts):
                return python
    print("Installing what the course needs. The first time this takes some minutes.", flush=True)
    if not os.path.exists(python) and subprocess.call([sys.executable, "-m", "venv", folder]):
        sys.exit("No environment could be made. On Debian and Ubuntu run: sudo apt install python3-venv")
    if subprocess.call([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *parts]):
        sys.exit("Not everything could be installed; the lines above say why. Is there a network? Then run this again.")
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(said_in(parts))
    return python


def main(arguments):
    """Install, and become JupyterLab."""
    if too_old():
        sys.exit(too_old())
    python = install(arguments)
    rest = [one for one in arguments if one != "--tensorflow"]
    notebooks = os.path.join(HERE, "notebooks")
    command = [python, "-m", "jupyterlab", "--ServerApp.root_dir=" + notebooks]
    command += ["--LabApp.default_url=/lab/tree/" + FIRST] if FIRST else []
    try:
        return subprocess.call(command + rest, cwd=notebooks)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
