"""The notebook asks for another kernel and language, with a path for a name."""

kind = "cells and metadata"
aims = "batch points change"
base = "half"


def change(nb):
    nb.metadata["kernelspec"] = {"name": "../../../submitted/mallory/kernel", "display_name": "", "language": "bash"}
    nb.metadata["language_info"] = {"name": "bash", "file_extension": "/../../../../source/x"}
