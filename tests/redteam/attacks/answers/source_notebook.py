"""The source notebook, with its solutions, is read by its path."""

kind = "reading source/"
aims = "points read"
cell = """
import glob, json

found = glob.glob("<<course>>/source/*/*.ipynb") + glob.glob("../../../source/*/*.ipynb")
for path in found:
    notebook = json.load(open(path))
    print(open(path).read())
    for part in notebook["cells"]:
        if part.get("id", "").startswith("exercise-"):
            exec("".join(part["source"]))
"""
cells = {f"exercise-{key}": "# taken from the source notebook" for key in "12345"}
