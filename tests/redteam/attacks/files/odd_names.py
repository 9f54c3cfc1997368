"""Files are handed in whose names hold line breaks, options, commands, escapes, and bytes that are no text."""

import os

kind = "path tricks in file names"
aims = "batch change act"
base = "half"


def hand_in(folder, path):
    names = [
        "-rf",
        "--help",
        "a\nb",
        "$(touch owned)",
        "`touch owned`; touch owned",
        "..\\..\\gradebook.db",
        "%2e%2e%2f",
    ]
    names += ["\x1b[31mred\x1b[2J", "<img src=x onerror=redteam()>.html", "a" * 250, "\u202egpj.ipynb", " ", "con", "~"]
    for name in names:
        folder.joinpath(name).write_text("redteam")
    with open(os.fsencode(folder) + b"/\xff\xfe.txt", "wb") as file:
        file.write(b"redteam")
    folder.joinpath("deep", *["d" * 50] * 30).mkdir(parents=True)
