"""Plain data as bytes, and back: all that ever crosses between the examiner and a student's process.

`decode` trusts nothing: it either returns data or raises `WireError`, in memory bounded by the size of what it reads.
There is no pickle and nothing is executed. Numbers, strings, lists, tuples, dicts, sets and arrays of numbers cross as
they are; whatever else there is stays where it is, and a `Handle` names it.

Non-goals: speed beyond what a notebook needs, and any exchange between different machines.
"""

from .frames import CHUNK, Frames, framed
from .kinds import MOST_BYTES, Callback, Handle, WireError
from .reader import decode
from .writer import encode

__all__ = ["CHUNK", "MOST_BYTES", "Callback", "Frames", "Handle", "WireError", "decode", "encode", "framed"]
