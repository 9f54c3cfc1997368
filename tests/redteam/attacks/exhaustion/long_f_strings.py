"""Answers that are no Python begin with f-strings that Python reads in the square of their length, again and again."""

kind = "texts that are read to explain them"
aims = "batch neighbour"
on_nbgrader = False
LONG = 'text = f"' + "{b}" * 66_000 + '"\n'
cells = {f"exercise-{number}": f"{LONG}{name} = (" for number, name in ((1, "sigmoid"), (2, "layer"), (3, "Network"))}
