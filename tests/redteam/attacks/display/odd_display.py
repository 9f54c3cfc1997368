"""What is displayed is not what notebooks hold: numbers for text, NaN, bytes, lone surrogates, deep lists."""

kind = "forged display data"
aims = "batch neighbour act"
base = "half"
cell = """
from IPython.display import display

deep = []
for _ in range(900):
    deep = [deep]
bad = ["\\ud800", "\\x00", 7, None, float("nan"), ["x", 7], {"x": float("inf")}, deep, 10**5000]
for value in bad:
    for mime in ("text/plain", "text/html", "image/png", "application/json", "text/vnd.odd+json", "no mime", ""):
        try:
            display({mime: value}, metadata={"x": value, mime: {"width": value}}, raw=True)
        except Exception:
            pass
print("\\ud800 \\x00")
raise type("\\ud800", (Exception,), {})("\\ud800")
"""
