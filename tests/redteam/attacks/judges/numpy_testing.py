"""`np.testing` is patched, so that nothing it asserts can fail."""

kind = "patched np.testing"
aims = "points"
cell = """
for name in dir(np.testing):
    if name.startswith("assert"):
        setattr(np.testing, name, lambda *arguments, **options: None)

def layer(X, W, b):
    return 0
"""
