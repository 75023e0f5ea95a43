"""What in the packs asks for somebody's attention: old readings, unconfirmed values, values that end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.law.pack import DatedValue, Pack, Parameter, Source, Status


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What there is to do about some packs.

    Parameters
    ----------
    sources
        Pack, key and text of everything that was read, the oldest reading first.
    recalled
        Values that nobody has read yet, in force on the day or later.
    ending
        Last values that end, the first end first; those that ended before the day are among them.
    unchecked
        Parameters that are to be checked and that nothing checks yet.
    """

    sources: tuple[tuple[Pack, str, Source], ...]
    recalled: tuple[tuple[Parameter, DatedValue], ...]
    ending: tuple[tuple[Parameter, DatedValue, date], ...]
    unchecked: tuple[Parameter, ...]


def upkeep(packs: Iterable[Pack], day: date) -> Upkeep:
    """What asks for attention on a civil day.

    Examples
    --------
    >>> from scheduler.law.library import packs
    >>> found = upkeep([packs()["pl"]], date(2026, 11, 22))
    >>> [(parameter.id, str(end)) for parameter, _, end in found.ending]
    [('pl.minimum_wage.month', '2027-01-01'), ('pl.minimum_wage.hour', '2027-01-01')]
    """
    chosen = list(packs)
    parameters = [parameter for pack in chosen for parameter in pack.parameters.values()]
    values = [(parameter, value) for parameter in parameters for value in parameter.values]
    last = [(parameter, parameter.values[-1]) for parameter in parameters]
    ends = [(parameter, value, end) for parameter, value in last if (end := value.valid_until) is not None]
    read = [(pack, key, source) for pack in chosen for key, source in pack.sources.items()]
    return Upkeep(
        sources=tuple(sorted(read, key=lambda one: (one[2].consulted_on, one[0].id))),
        recalled=tuple(
            (parameter, value)
            for parameter, value in values
            if value.status == Status.RECALLED and (value.valid_until is None or value.valid_until > day)
        ),
        ending=tuple(sorted(ends, key=lambda one: one[2])),
        unchecked=tuple(parameter for parameter in parameters if parameter.waits_for_a_check),
    )
