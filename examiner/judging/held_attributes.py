"""What a reference reads and sets of a student's object, kept here until anything else is asked of that process.

A method that trains reads and sets the weights of `self` hundreds of times, and each time would take a message through
three processes. Values are kept as they are on the wire: what is read here is what would have come from there.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import StudentCodeError
from ..guest.held import is_simple
from ..wire import Handle, decode, encode


class HeldAttributes:
    """The attributes that are data and nothing more, by the object's number; `ask` asks the student's process."""

    def __init__(self, ask: Callable) -> None:
        self._ask = ask
        self._known: dict[int, dict[str, bytes]] = {}
        self._set: dict[Handle, set[str]] = {}  # what that process does not know yet

    def get(self, target: object, attribute: str) -> tuple[bool, object]:
        """Return whether it is such an attribute, and then its value."""
        if not isinstance(target, Handle) or target.kind != "object":
            return False, None
        if target.number not in self._known:
            try:
                found = self._ask("held", target)
            except StudentCodeError:
                found = {}
            self._known[target.number] = {name: encode(value) for name, value in found.items() if is_simple(value)}
        known = self._known[target.number]
        return (True, decode(known[attribute])) if attribute in known else (False, None)

    def set(self, target: object, attribute: str, value: object) -> bool:
        """Set it, and return True, where it is such an attribute and stays one."""
        known = self._known.get(target.number, {}) if isinstance(target, Handle) else {}
        if attribute not in known or not is_simple(value):
            return False
        known[attribute] = encode(value)
        self._set.setdefault(target, set()).add(attribute)  # type: ignore[arg-type]  # it is a handle
        return True

    def hand_back(self) -> None:
        """Set in the student's process what was set here, and know nothing any more."""
        changed = {target: {name: decode(self._known[target.number][name]) for name in names}
                   for target, names in self._set.items()}  # fmt: skip
        self._known.clear()
        self._set.clear()
        for target, values in changed.items():
            self._ask("set", target, values)
