"""Other students' notebooks are read, submitted and graded ones."""

kind = "reading other submissions"
aims = "read points"
cell = """
import glob, json, os

here = glob.glob("<<course>>/submitted/zoe/*/*.ipynb") + glob.glob("../../zoe/*/*.ipynb")
here += glob.glob("/proc/*/cwd/*.ipynb")
for path in here:
    text = open(path).read()
    print(text)
    for part in json.loads(text)["cells"]:
        if part.get("metadata", {}).get("nbgrader", {}).get("solution"):
            exec("".join(part["source"]))
"""
cells = {f"exercise-{key}": "# taken from a neighbour" for key in "12345"}
