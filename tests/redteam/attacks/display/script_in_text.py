"""Printed text, error names and messages carry scripts."""

kind = "HTML and script in outputs"
aims = "act"
cells = {
    "first": """
import sys

print("<script>redteam()</script>")
print("\\x1b[31m<img src=x onerror=redteam()>\\x1b[0m", file=sys.stderr)
print("\\x1b]8;;javascript:redteam()\\x07click\\x1b]8;;\\x07", file=sys.stderr)
Named = type("<script>redteam()</script>", (Exception,), {})
raise Named("<img src=x onerror=redteam()>")
""",
    "exercise-1": """
def sigmoid(z):
    raise type("<script>redteam()</script>", (Exception,), {})("</pre><script>redteam()</script>")
""",
    "exercise-2": """
def layer(X, W, b):
    return "</pre><script>redteam()</script>"
""",
}
