"""The gradebook is opened, for the hidden tests and for what was written to others."""

kind = "reading the gradebook"
aims = "read"
cell = """
import sqlite3

db = sqlite3.connect("<<course>>/gradebook.db")
for table in ("comment", "source_cell"):
    print(db.execute(f"SELECT * FROM {table}").fetchall())
"""
