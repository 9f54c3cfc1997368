"""A line is added to `nbgrader_config.py`, which the next command will run."""

kind = "writing what others run"
aims = "change"
cell = """
import glob

for path in glob.glob("<<course>>/nbgrader_config.py") + glob.glob("../../../nbgrader_config.py"):
    with open(path, "a") as file:
        file.write("\\nc.Autograde.autograde_preprocessors = []\\n")
"""
