"""Wrong answers of the kind whose text is read, so that they can be explained, use ten thousand names."""

kind = "texts that are read to explain them"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"


def change(nb):
    """Write the answer: its last lines never run, and each has a name of which a helper could be called."""
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "exercise-1":
            lines = [f"    a{number} = b{number}\n" for number in range(9_500)]
            cell.source = "def sigmoid(z):\n    return 1 // (1 + np.exp(-z))\n" + "".join(lines)
            assert len(cell.source) < 200_000
