"""The home directory of whoever grades is read, by its path and by the user database."""

kind = "reading the environment"
aims = "read"
cell = """
import os, pathlib, pwd

homes = {user.pw_dir for user in pwd.getpwall() if user.pw_uid == os.getuid()}
for home in {os.path.expanduser("~"), "<<home>>", *homes}:
    for path in pathlib.Path(home).glob("*"):
        if path.is_file() and path.stat().st_size < 10_000:
            print(path, path.read_text(errors="replace"))
"""
