"""In which working-time system somebody is taken to work: the longest day of the contract decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from scheduler.law.nominal_time import minutes_in
from scheduler.law.pack import Pack
from scheduler.law.provisions import Provision, provision
from scheduler.law.subject import LawSubject, WorkingTimeSystem


def system_of(layers: Sequence[Pack], day: date, longest_day_minutes: int) -> WorkingTimeSystem:
    """The system a contract is taken to agree on, by the longest day it allows.

    Poland: up to 8 h a day it is the basic system (Kodeks pracy, art. 129), beyond that the equivalent one
    (art. 135), in which long days are made up for by shorter ones or days off. Where the law of a place knows
    no longest day, or there is no rule pack, everybody is in the basic system.

    Parameters
    ----------
    layers
        Packs, nearest first.
    day
        Civil day whose law counts.
    longest_day_minutes
        Of the contract, breaks that are paid included.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> [str(system_of(layers_of("pl"), date(2026, 11, 23), minutes)) for minutes in (480, 481)]
    ['basic', 'equivalent']
    >>> str(system_of(layers_of("br"), date(2026, 11, 23), 600))
    'basic'
    """
    basic = _longest_day(layers, day, WorkingTimeSystem.BASIC)
    if basic is None or longest_day_minutes <= minutes_in(basic.value):
        return WorkingTimeSystem.BASIC
    return WorkingTimeSystem.EQUIVALENT


def system_notes(layers: Sequence[Pack], day: date, subjects: Iterable[LawSubject]) -> list[dict[str, Any]]:
    """A remark that says for how many the equivalent system was assumed, and what it allows."""
    systems = [subject.system for subject in subjects]
    longer = systems.count(WorkingTimeSystem.EQUIVALENT)
    basic = _longest_day(layers, day, WorkingTimeSystem.BASIC)
    equivalent = _longest_day(layers, day, WorkingTimeSystem.EQUIVALENT)
    if not longer or basic is None or equivalent is None:
        return []
    text = (
        f"{longer} of {len(systems)} people were taken to work in the equivalent system, with days of up to "
        f"{equivalent.value} made up for by shorter ones ({equivalent.citation}), because their contracts "
        f"allow days of more than {basic.value}; everybody else in the basic system."
    )
    return [{"code": "equivalent_system", "text": text}]


def _longest_day(layers: Sequence[Pack], day: date, system: WorkingTimeSystem) -> Provision | None:
    return provision(layers, "day_max", LawSubject(id="adult", system=system), day)
