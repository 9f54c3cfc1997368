"""The source notebook and the tables beside it are rewritten."""

kind = "writing source/"
aims = "change"
cell = """
import glob

for path in glob.glob("<<course>>/source/*/*") + glob.glob("../../../source/*/*") + glob.glob("../../../release/*/*"):
    with open(path, "a") as file:
        file.write("\\n# <<name>> was here\\n")
"""
