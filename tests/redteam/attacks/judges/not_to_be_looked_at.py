"""What stands in a function's place fails when it is asked what it is."""

kind = "values that lie"
aims = "batch"
base = "last"
on_nbgrader = False
cells = {
    "exercise-1": """
class Shy:
    def __getattribute__(self, name):
        raise RuntimeError(name)

sigmoid = Shy()
""",
}
