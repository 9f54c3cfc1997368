"""The random state that comes back points far beyond its own key, so that the next draws read the grader's memory."""

kind = "values that lie"
aims = "points batch read"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": """
real = np.random.get_state

def lie(*arguments, **options):
    name, key, place, has_gauss, gauss = real()
    return (name, key, 10**9, has_gauss, gauss)

np.random.get_state = lie
np.random.mtrand.get_state = lie

def sigmoid(z):
    np.random.set_state(("MT19937", real()[1], 10**9, 0, 0.0))
    return 1 / (1 + np.exp(-z))
""",
}
