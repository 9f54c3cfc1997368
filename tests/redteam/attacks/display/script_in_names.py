"""Names of functions, variables and plots carry mark-up, and go into the report and the feedback."""

kind = "HTML and script in names"
aims = "act"
cells = {
    "exercise-1": """
def sigmoid(z):
    return {"<script>redteam()</script>": z, "\\x1b[2J": "<img src=x onerror=redteam()>"}

sigmoid.__name__ = sigmoid.__qualname__ = "<script>redteam()</script>"
""",
    "exercise-3": """
class Network:
    def __init__(self, n):
        raise NameError("<script>redteam()</script>", name="<img src=x onerror=redteam()>")
""",
    "exercise-4": """
grid = np.zeros(1, dtype=[("<script>redteam()</script>", float)])
total = "<script>redteam()</script>"
""",
}
