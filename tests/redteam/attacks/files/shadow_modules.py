"""Modules of the submission carry the names of the libraries that judge, for whoever imports in its folder."""

kind = "patched sys.modules"
aims = "points"

FORGED = """
def __getattr__(name):
    return lambda *arguments, **options: None
"""


def hand_in(folder, path):
    for name in ("backprop", "examiner"):
        folder.joinpath(f"{name}.py").write_text(FORGED)
