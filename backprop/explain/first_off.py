"""Say which line of a student's function is the last that is right, and which is the first that is not.

The values that its lines bind are compared with those that occur on the way to the right result (`way`); under which
name, and in which layout, does not count. A line is off where it works with right values, gives another, and nothing
that is right comes of it later: an unusual way to a right value is none. Of a line that works with what cannot be
followed, such as an object that was changed, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..answers.steps import CALL, HIDDEN, KEY, RETURNED, TAKEN, Step, base, kept_under
from .off import Off
from .way import Way, tells


def first_off(steps: Sequence[Step], way: Way) -> Off | None:
    """Return the first line that is off, or None where the steps do not show one."""
    search = _Search(steps, way)
    for number, step in enumerate(steps):
        search.look_at(number, step)
        if search.over:
            return search.found
    return search.left()


class _Search:
    """What is known of an answer's names while its steps are gone through, one after the other."""

    def __init__(self, steps: Sequence[Step], way: Way):
        self.steps, self.way = steps, way
        self.over = False
        self.found: Off | None = None
        self.right: Step | None = None  # the last right one
        self.fitted: set[tuple[int, str]] = set()  # lines and names that were right in some round
        self.spoiled: dict[str, int] = {}  # names that hold something off: the number of the step at which it began
        self.begins: dict[int, tuple[Step, Step | None]] = {}  # that step, and the last right one before
        self.hidden: set[str] = set()  # names whose values are not followed, or are in another order
        self.pieced: set[str] = set()  # arrays whose entries were set one by one, and cannot all be called right
        self.unsure: set[int] = set()  # steps that work with one of these
        self.unseen: set[str] = set()  # arrays with an entry that tells nothing, such as a count
        self.after_others: set[int] = set()  # steps that set an entry after one of these
        self.taken: set[str] = set()  # names of the student's own for what was only taken over, and may be off
        self.unclear: set[int] = set()  # steps that read such a name
        self.attributes: set[str] = set()
        self.last = {kept_under(step.name): number for number, step in enumerate(steps)}
        self.last_of_entry = {step.name: number for number, step in enumerate(steps)}

    def look_at(self, number: int, step: Step) -> None:
        """Go on by one step."""
        origin = min((began for held, began in self.spoiled.items() if _is_read(held, step)), default=number)
        self._note(number, step)
        if step.name == RETURNED:
            self._comes_back(number, step, origin)
        elif not tells(step.print):
            self._tells_nothing(number, step, origin)
        elif self.way.fits(step):
            self._fits(step, origin)
        else:
            self._does_not_fit(number, step, origin)

    def left(self) -> Off | None:
        """Return what is off where nothing comes back, but an object is changed: its attributes are the result."""
        kept = [origin for name, origin in self.spoiled.items() if name in self.attributes]
        changed = kept and not any(step.name == RETURNED for step in self.steps)
        return self._off(min(kept)) if changed and min(kept) not in self.unsure else None

    def _note(self, number: int, step: Step) -> None:
        """Note which names can be followed, and whether this step works with one that cannot."""
        name, reads = base(step.name), {base(read) for read in step.reads}
        self.attributes |= {name} if "." in step.name else set()
        if not self.hidden.isdisjoint(reads):
            self.unsure.add(number)
        if not self.taken.isdisjoint(reads):
            self.unclear.add(number)
        if _is_entry(step) and not (self.way.can_tell(step) and tells(step.print) and self.way.fits(step)):
            self.pieced.add(name)
            if not tells(step.print):
                self.unseen.add(name)
        elif "[" not in step.name:
            self.hidden.discard(name)
            self.taken.discard(name)
            if step.name != RETURNED and not self.pieced.isdisjoint(reads):
                self.unsure.add(number)
            self.pieced.discard(name)
        if HIDDEN in step.reads or (number in self.unsure and not tells(step.print)):
            self.hidden.add(name)

    def _comes_back(self, number: int, step: Step, origin: int) -> None:
        if origin < number:
            self.over, self.found = True, None if origin in self.unsure else self._off(origin)
        elif number in self.unsure:
            self.over = True
        elif number == len(self.steps) - 1 and tells(step.print) and not self.way.holds(step.print):  # type: ignore[arg-type]
            right = self.right
            several = right and sum((one.line, one.name) == (right.line, right.name) for one in self.steps) > 1
            rounds = bool(right and several and right.name in step.reads)
            self.begins[number] = step, right
            self.over = True
            self.found = self._off(number)._replace(array=_set_by(right, step), rounds=rounds)

    def _tells_nothing(self, number: int, step: Step, origin: int) -> None:
        if origin < number:
            self.spoiled[kept_under(step.name)] = origin
        elif self.way.counts_otherwise(step):
            self.begins[number] = (step, self.right)
            self.spoiled[kept_under(step.name)] = number

    def _fits(self, step: Step, origin: int) -> None:
        name = base(step.name)
        # What looked off on the way to it was another way.
        self.spoiled = {other: began for other, began in self.spoiled.items() if began != origin}
        if "[" not in step.name:
            self.spoiled = {other: began for other, began in self.spoiled.items() if base(other) != name}
        elif KEY.fullmatch(step.name):
            self.spoiled.pop(step.name, None)
        if not self.way.holds_in_order(step):
            self.hidden.add(name)
        elif TAKEN not in step.reads or self.way.knows(step):
            self.right = step
        self.fitted.add((step.line, step.name))

    def _does_not_fit(self, number: int, step: Step, origin: int) -> None:
        name, entry = kept_under(step.name), _is_entry(step)
        if origin == number and entry and not self.way.can_tell(step):
            return  # an entry of an array, which the solution may make as a whole
        stays = self.last_of_entry[step.name] if entry else self.last[name]
        knows = self.way.knows(step)
        if origin == number and TAKEN in step.reads and not (knows and stays == number):
            # What is only taken from elsewhere is not computed wrongly, unless it stays under a name of the solution's.
            self.taken |= set() if knows else {name}
            return
        if origin == number:
            right = self.right
            beside = right is not None and right.line == step.line
            later = (step.line, step.name) in self.fitted and (beside or self.way.knows(step))
            self.begins[number] = (step, step if later else right)
            if entry and name in self.unseen:
                self.after_others.add(number)
        self.spoiled.setdefault(name, origin)

    def _off(self, number: int) -> Off:
        step, right = self.begins[number]
        others = (one for one in self.steps if one.line == step.line and one.name not in (RETURNED, ""))
        returned = step.name == RETURNED
        off = Off(
            step.line,
            step.name,
            called=not returned and CALL in step.reads,
            reads_own=any(self._is_own(read) for read in step.reads),
            aside=not returned and (not step.reads or CALL in step.reads),
            beside=not returned and any(base(one.name) != base(step.name) for one in others),
            own=not returned and (number in self.unclear or self._is_another_way(step) or self._goes_on(number)),
            taken=TAKEN in step.reads and step.name in step.reads,
            after_others=number in self.after_others,
        )
        return off._replace(last_line=right.line, last_name=right.name, known=self.way.knows(right)) if right else off

    def _is_another_way(self, step: Step) -> bool:
        """Whether the solution has no value of this name, or none of this size, as of a list with an entry more."""
        return not self.way.knows(step) or not (_is_entry(step) or self.way.can_tell(step))

    def _goes_on(self, number: int) -> bool:
        """Whether another line makes the value of a name out of this one, which is then half of a formula."""
        step = self.steps[number]
        return "[" not in step.name and any(
            one.name == step.name and one.line != step.line and (step.name in one.reads or HIDDEN in one.reads)
            for one in self.steps[number + 1 :]
        )

    def _is_own(self, name: str) -> bool:
        """Whether the answer has computed what is kept under a name that the solution has not."""
        return any(
            kept_under(one.name) == name and one.name != RETURNED and not self.way.knows(one) for one in self.steps
        )


def _is_entry(step: Step) -> bool:
    single = step.print is None or step.print[0] == 1
    return "[" in step.name and single and not KEY.fullmatch(step.name)


def _is_read(held: str, step: Step) -> bool:
    """Whether a step reads what is kept under a name, or under a key of the dictionary with this name."""
    return held in step.reads or base(held) in step.reads


def _set_by(right: Step | None, returned: Step) -> str:
    """Return the array that comes back, where the last right line has set one of its entries; else ""."""
    own = base(right.name) if right and "[" in right.name else ""
    return own if own in returned.reads else ""
