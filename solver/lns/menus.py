"""Menus: the options of a template or a given shift on a day, the same for everybody who can work it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.cpsat.slots import Pair, ShiftSlot, Slot, TemplateSlot
from solver.work import Assignment

Kind = tuple[str | None, str | None]
"""A skill and a location."""


class Menu:
    """The options of a template or a given shift on a day, the same for everybody.

    Parameters
    ----------
    number, first
        Its place, and that of its first option.
    slot
        The slot of one person.
    pairs
        Start and end of each option, sorted.
    """

    def __init__(self, number: int, first: int, slot: Slot, pairs: Sequence[Pair]) -> None:
        """Number the options."""
        self.number = number
        self.first = first
        self.slot = slot
        self.pairs = pairs
        self.option = {pair: first + place for place, pair in enumerate(pairs)}
        self.starts = sorted({start for start, _ in pairs})
        self.ends = sorted({end for _, end in pairs})

    def works(self) -> Iterator[Assignment]:
        """One for each option, of some person."""
        return (made(self.slot, pair) for pair in self.pairs)

    @property
    def kind(self) -> Kind:
        """Skill and location."""
        return self.slot.work.skill, self.slot.work.location


def key_of(slot: Slot) -> object:
    """What makes two slots of different people the same menu."""
    if isinstance(slot, TemplateSlot):
        return slot.template.id, slot.day
    shift = shift_of(slot)
    return shift if shift is not None else id(slot)


def shift_of(slot: Slot) -> str | None:
    """The id of the given shift; None for anything else."""
    return slot.assignment.shift if isinstance(slot, ShiftSlot) else None


def pairs_of(slot: Slot) -> Sequence[Pair]:
    """Start and end of each option of a slot."""
    return slot.pairs if isinstance(slot, TemplateSlot) else [(slot.work.start, slot.work.end)]


def made(slot: Slot, pair: Pair) -> Assignment:
    """An option of a slot as an assignment of the slot's person."""
    if isinstance(slot, TemplateSlot):
        return slot.made(*pair)
    return next(slot.assignments())
