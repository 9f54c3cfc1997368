"""The notebook is of a format that does not exist yet, or of one long gone."""

kind = "cells and metadata"
aims = "batch"


def change(nb):
    nb.nbformat, nb.nbformat_minor = 10**9, -1
