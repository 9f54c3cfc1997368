"""Small events are sent as fast as they go: errors, empty displays, updates, clearings."""

kind = "oversized replies"
aims = "batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "last": """
<<wires>>

while True:
    for _ in range(200):
        send({"event": "error", "ename": "x", "evalue": "y" * 100, "traceback": ["z" * 1000] * 100})
        send({"event": "display", "data": {"text/plain": "x" * 20}, "metadata": {}, "display_id": "a", "update": False})
        send({"event": "display", "data": {"image/png": "x"}, "metadata": {}, "display_id": str(_), "update": True})
        send({"event": "result", "data": {"text/plain": "x"}, "metadata": {}, "count": 1})
""",
}
