"""`np.allclose` and its like are patched to be always true, in numpy itself."""

kind = "patched numpy"
aims = "points"
cells = {
    "exercise-4": """
for name in ("allclose", "isclose", "array_equal", "abs", "all"):
    setattr(np, name, lambda *arguments, **options: True)
    setattr(np._core.numeric, name, lambda *arguments, **options: True)
total = 6000
grid = np.zeros((3, 4))
""",
}
