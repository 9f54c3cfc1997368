"""Write a number as one reads it."""

from __future__ import annotations


def number(value: float, digits: int = 3) -> str:
    """Return a number as one reads it: few digits, a power of ten where it is tiny, and a minus sign that is one."""
    size = abs(value)
    if value == 0 or 0.001 <= size < 1000:
        places = 3 if size >= 100 else max(digits, 2)  # 354 and 87 are as short as 4e2 and 9e1
        rounded = float(f"{value:.{places}g}") + 0.0  # 999.6 would be 1e+03, and −0 is 0
        return f"{rounded:g}".replace("-", "−")
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    return f"{float(mantissa):g}e{int(power)}".replace("-", "−")
