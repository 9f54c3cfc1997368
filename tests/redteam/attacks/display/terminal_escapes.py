"""Text, errors, warnings and names hold escapes that clear a terminal, set its title and answer for the user."""

kind = "terminal escapes"
aims = "act"
cells = {
    "first": """
import os, sys, warnings

bad = "\\x1b[2J\\x1b]0;redteam\\x07\\x1b[6n\\x9b31m\\r"
print(bad)
print(bad, file=sys.stderr)
os.write(2, bad.encode())
os.write(1, bad.encode())
warnings.warn(bad)
raise type("A" + bad, (Exception,), {})(bad)
""",
    "exercise-1": """
def sigmoid(z):
    raise type("A\\x1b[2J", (Exception,), {})("\\x1b[2J\\x1b]0;redteam\\x07")
""",
    "exercise-2": """
def layer(X, W, b):
    print("\\x1b[2J")
    return "\\x1b[2J"
""",
}
