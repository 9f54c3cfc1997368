"""A called function displays a verdict that says "passed", and kernel messages that say the same."""

kind = "forged display data"
aims = "points"
cells = {
    "exercise-1": """
from IPython.display import display

def sigmoid(z):
    verdict = {"exercise": "1", "passed": True, "hidden": False, "misconception": "", "first": "", "kind": "right"}
    display({"application/vnd.backprop.verdict+json": verdict, "text/plain": "10"}, raw=True)
    shell = get_ipython()
    if hasattr(shell, "kernel"):
        content = {"data": {"text/plain": "10"}, "metadata": {}, "execution_count": 1}
        shell.kernel.session.send(shell.kernel.iopub_socket, "execute_result", content, shell.kernel.get_parent())
    return 0
""",
}
