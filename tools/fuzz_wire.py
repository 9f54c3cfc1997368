"""Throw damaged and invented messages at the reader of the wire format, and count what comes of them.

    .venv/bin/python tools/fuzz_wire.py                 one million inputs, seed 0
    .venv/bin/python tools/fuzz_wire.py 5000000 7       five million, seed 7

Each input is a sound message that was damaged (bits, lengths, parts cut, doubled or swapped) or bytes that were made up
from the format's own marks. The reader has to return data, or to raise `WireError`: anything else ends this with the
input that did it. So does an input that takes too long, or far more memory than its size explains.
"""

from __future__ import annotations

import random
import struct
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from examiner.wire import Callback, Handle, WireError, decode, encode

MARKS = b"NTFifcsbltezdagrhkx"
LENGTHS = (0, 1, 2, 3, 7, 8, 64, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1)
SLOW = 2.0  # seconds for one input of a few hundred bytes
MEMORY_EVERY = 100  # one input in so many is measured, which takes ten times as long
BYTES_FOR_A_BYTE, BYTES_ANYWAY = 400, 200_000  # an empty set is 5 bytes on the wire, and 216 here


def sound_messages() -> list[bytes]:
    """Return messages of every kind that the two sides exchange."""
    draw = np.random.RandomState(0)
    state = tuple(np.random.RandomState(1).get_state())
    values = [
        None, True, -1, 2**62, 10**60, 0.5, float("nan"), 1j, "", "wörld\x00", b"\xff", [], (), {}, set(),
        [1, [2, [3, [4]]]], (None, ("a",)), {"W1": 1, 2: "b", (3, None): b"c", 1.5: [], None: ()}, {1, "a"},
        frozenset({2}), range(3, 9, 2), np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j),
        draw.randn(3, 4), draw.randn(2, 0, 3), np.array(7), np.array([True, False]), np.arange(5, dtype="u2"),
        np.matrix([[1.0, 2.0]]), np.array(["ab", "", "ü"]), np.zeros((1,) * 20), draw.randn(2) * 1j,
        date(2026, 2, 28), datetime(2026, 2, 28, 12, tzinfo=UTC), timedelta(1, 2, 3), Fraction(-3, 7), Decimal("1.50"),
        {date(2026, 2, 28), Fraction(1, 2)}, Handle(3, "object", "NeuralNetwork"), Callback(1, "forward"),
        {"do": "call", "number": 3, "target": "f", "arguments": (draw.randn(2, 2),), "keywords": {}, "random": state},
        {"reply": 3, "value": {"dW1": draw.randn(3, 2)}, "random": state, "warnings": [("a", "b")], "exited": False},
        {"event": "display", "data": {"text/plain": "x"}, "metadata": {}, "display_id": "", "update": False},
    ]  # fmt: skip
    return [encode(value) for value in values]


def inputs(count: int, seed: int) -> Iterator[bytes]:
    """Give `count` inputs, the same for the same seed."""
    draw, sound = random.Random(seed), sound_messages()
    for _ in range(count):
        if draw.random() < 0.15:
            yield _made_up(draw)
            continue
        data = bytearray(draw.choice(sound))
        for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
            _damage(data, draw, sound)
        yield bytes(data)


def _made_up(draw: random.Random) -> bytes:
    out = bytearray()
    for _ in range(draw.randrange(1, 40)):
        out.append(draw.choice(MARKS) if draw.random() < 0.7 else draw.randrange(256))
        if draw.random() < 0.5:
            out += struct.pack(">I", draw.choice(LENGTHS) if draw.random() < 0.3 else draw.randrange(6))
    return bytes(out)


def _damage(data: bytearray, draw: random.Random, sound: list[bytes]) -> None:
    """Do one thing to a message that its sender would not have done."""
    at = draw.randrange(len(data) + 1)
    end = min(len(data), at + draw.randrange(1, 9))
    kind = draw.randrange(8)
    if kind == 0 and data:
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    elif kind == 1 and data:
        data[draw.randrange(len(data))] = draw.choice(MARKS)
    elif kind == 2:
        del data[at:end]
    elif kind == 3:
        data[at:at] = data[at:end]
    elif kind == 4:
        data[at : at + 4] = struct.pack(">I", draw.choice(LENGTHS))
    elif kind == 5:
        data[at : at + 8] = struct.pack(">Q", draw.choice(LENGTHS) << draw.randrange(33))
    elif kind == 6:
        data[at:end] = draw.choice(sound)
    else:
        data[:] = b"l" + struct.pack(">I", 1) + data if draw.random() < 0.7 else data * 2


def outcome(data: bytes) -> str:
    """Return "data" or "refused"; whatever else the reader does passes through."""
    try:
        decode(data)
    except WireError:
        return "refused"
    return "data"


def memory_of(data: bytes) -> int:
    """Return the most bytes that the reader held at once."""
    tracemalloc.start()
    try:
        outcome(data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def run(count: int, seed: int) -> Counter:
    """Try `count` inputs, and count the outcomes; raises `AssertionError` with the input that the reader failed on."""
    found: Counter = Counter()
    for number, data in enumerate(inputs(count, seed)):
        start = time.process_time()  # and not the clock's: the machine may be busy
        try:
            found[outcome(data)] += 1
        except Exception as error:
            raise AssertionError(f"{type(error).__name__} for {data!r}: {error}") from error
        assert time.process_time() - start < SLOW, f"slow: {data!r}"
        if number % MEMORY_EVERY == 0:
            held = memory_of(data)
            assert held < BYTES_ANYWAY + BYTES_FOR_A_BYTE * len(data), f"{held} bytes for {data!r}"
    return found


def main(arguments: list[str]) -> None:
    count, seed = [*map(int, arguments), *(1_000_000, 0)[len(arguments) :]]
    start = time.perf_counter()
    found = run(count, seed)
    seconds = time.perf_counter() - start
    print(
        f"{sum(found.values()):,} inputs, seed {seed}: {found['data']:,} read as data, {found['refused']:,} refused, "
    )
    print(f"nothing else happened; {seconds:.0f} seconds.")


if __name__ == "__main__":
    main(sys.argv[1:])
