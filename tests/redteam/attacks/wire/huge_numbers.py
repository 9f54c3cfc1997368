"""Numbers have a hundred thousand digits, texts lone surrogates, names control characters."""

kind = "values that lie"
aims = "points batch neighbour act"
base = "half"
on_nbgrader = False
cells = {
    "exercise-1": """
import sys

sys.set_int_max_str_digits(0)
odd = [10**100_000, -(2**8000), "\\ud800\\x00\\x1b[2J", {"\\ud800": 1}, b"\\xff" * 1000, {10**2000}]
odd += [[float("nan")], 1e308 * 10]
odd += [np.array(["\\ud800", "\\x1b[2J"]), np.array([1e400, -0.0]), np.float16(65504)]
odd += [np.uint64(2**64 - 1), True, np.bool_(True)]
odd += [np.array([True, False, True]), np.array([1j, 2, 3]), np.matrix("1 2")]
odd += [frozenset({(1, (2, (3,)))}), range(0), Ellipsis]
turn = 0

def sigmoid(z):
    global turn
    turn += 1
    return odd[(turn + seed) % len(odd)]

seed = hash(np.random.rand()) % len(odd)
""",
    "exercise-2": "def layer(X, W, b):\n    raise ValueError(odd[2])",
    "exercise-4": "total = odd[0]\ngrid = odd[11]",
}
