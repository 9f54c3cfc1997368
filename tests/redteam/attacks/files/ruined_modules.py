"""Modules of the submission are called like Python's own and like what it runs at its start, and end whoever does."""

kind = "patched sys.modules"
aims = "batch neighbour"
base = "half"

NAMES = ("sitecustomize", "usercustomize", "nbgrader_config", "jupyter_config", "conftest", "sqlite3", "socket", "json")


def hand_in(folder, path):
    for name in NAMES:
        folder.joinpath(f"{name}.py").write_text("raise SystemExit('ruined')\n")
