"""`backprop` itself is patched: every verdict says "passed"."""

kind = "patched backprop.check"
aims = "points"
cell = """
import dataclasses
from backprop import session

original = session.Session.judge

def kind_judge(self, key, attempt):
    return dataclasses.replace(original(self, key, attempt), passed=True)

session.Session.judge = kind_judge
"""
