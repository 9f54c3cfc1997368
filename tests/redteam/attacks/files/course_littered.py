"""Files are dropped into the course, its parent, and every place that can be written."""

kind = "writing source/"
aims = "change"
cell = """
import os

places = ["<<course>>", "<<course>>/source", "<<course>>/..", "<<course>>/autograded/ada/target", "<<home>>"]
for place in [*places, "../..", "../../.."]:
    try:
        open(f"{place}/<<name>>.txt", "w").write("here")
    except OSError:
        pass
"""
