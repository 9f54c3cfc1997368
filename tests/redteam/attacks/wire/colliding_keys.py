"""A dictionary has ten thousand keys that were chosen to collide, so that building it takes their square in time."""

kind = "values that lie"
aims = "points batch neighbour"
on_nbgrader = False
base = "half"
cells = {
    "exercise-1": '''
P1, P2, P5 = 11400714785074694791, 14029467366897019727, 2870177450012600261
WORD = 2**64

def turned(value, back=False):
    bits = 33 if back else 31
    return ((value << bits) | (value >> (64 - bits))) % WORD

def colliding(count, front):
    """Return tuples of integers with the same hash: the last number makes up for the one before it."""
    start, goal = P5, 12345
    for value in front:
        start = turned((start + hash(value) * P2) % WORD) * P1 % WORD
    wanted = turned(goal * pow(P1, -1, WORD) % WORD, back=True)
    found, number = {}, 0
    while len(found) < count:
        number += 1
        after = turned((start + number * P2) % WORD) * P1 % WORD
        last = (wanted - after) * pow(P2, -1, WORD) % WORD
        if last < 2**61 - 1:
            found[front + (number, last)] = None
    return found

tuples = list(colliding(2500, tuple(range(1000, 1070))))
assert len({hash(key) for key in tuples}) == 1
numbers = {number * (2**61 - 1): 0 for number in range(9000)}

class Pretended(dict):
    pass

def sigmoid(z):
    return numbers

turn = 0
''',
    "exercise-2": "def layer(X, W, b):\n    return dict.fromkeys(tuples)",
}
