"""The breaks of a shift: its own, and what the law of its place still asks for at that length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.law.breaks import break_policies
from scheduler.law.pack import Pack
from scheduler.law.subject import LawSubject
from scheduler.rosters.models import ShiftTemplate
from solver.problem import BreakPolicy

Breaks = list[dict[str, Any]]
"""As stored: ``[{"starts_at": iso or None, "minutes": int, "paid": bool}]``."""


def breaks_by_law(
    layers: Sequence[Pack], day: date, *, sector: str | None, born_on: date | None = None
) -> tuple[BreakPolicy, ...]:
    """The least breaks of shifts that start on a civil day; none where there is no rule pack.

    Parameters
    ----------
    layers
        Packs of the place, nearest first.
    sector
        Line of business of the location.
    born_on
        Of whoever works it: the young have longer breaks. None is an adult, or nobody yet.
    """
    return break_policies(layers, day, LawSubject(id="somebody", born_on=born_on, sector=sector or ""))


def lawful_policies(own: Iterable[BreakPolicy], law: Iterable[BreakPolicy]) -> tuple[BreakPolicy, ...]:
    """Own breaks by length of shift, and at each length what the law asks for beyond them.

    A paid break of the law is met by paid breaks only, any other break by both kinds. Each policy adds to
    those of shorter shifts, so a break of one's own from a greater length on is made up to, not added to,
    what the law has given before.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> law = break_policies(layers_of("pl"), date(2026, 11, 23), LawSubject(id="ann"))
    >>> [(p.from_minutes, p.minutes, p.paid) for p in lawful_policies([BreakPolicy(480, 30)], law)]
    [(360, 15, True), (480, 30, False), (541, 15, True), (961, 15, True)]
    >>> [(p.from_minutes, p.minutes, p.paid) for p in lawful_policies([BreakPolicy(480, 30, True)], law)]
    [(360, 15, True), (480, 15, True), (961, 15, True)]
    """
    own, law = tuple(own), tuple(law)
    found: list[BreakPolicy] = []
    given = {True: 0, False: 0}
    for length in sorted({policy.from_minutes for policy in (*own, *law)}):
        paid = max(_sum(own, length, paid=True), _sum(law, length, paid=True))
        either = _sum(law, length, paid=True) + _sum(law, length, paid=False)
        unpaid = max(_sum(own, length, paid=False), either - paid)
        for kind, due in ((True, paid), (False, unpaid)):
            if due > given[kind]:
                found.append(BreakPolicy(length, due - given[kind], kind))
                given[kind] = due
    return tuple(found)


def template_policies(template: ShiftTemplate, law: Iterable[BreakPolicy]) -> tuple[BreakPolicy, ...]:
    """The breaks of a template's shifts by their length."""
    own = BreakPolicy(template.break_from_minutes, template.break_minutes, template.break_paid)
    return lawful_policies([own] if template.break_minutes else [], law)


def template_breaks(template: ShiftTemplate, minutes: int, law: Iterable[BreakPolicy]) -> Breaks:
    """The breaks of a template's shift of so many minutes.

    Examples
    --------
    >>> day = ShiftTemplate(break_from_minutes=360, break_minutes=30, break_paid=False)
    >>> template_breaks(day, 359, ()), template_breaks(day, 360, ())
    ([], [{'starts_at': None, 'minutes': 30, 'paid': False}])
    """
    return _at(template_policies(template, law), minutes)


def made_lawful(breaks: Breaks, minutes: int, law: Iterable[BreakPolicy]) -> Breaks:
    """The breaks of a shift without a template, and the ones that its length still asks for.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> law = break_policies(layers_of("pl"), date(2026, 11, 23), LawSubject(id="ann"))
    >>> made_lawful([{"starts_at": None, "minutes": 20, "paid": True}], 600, law)[1:]
    [{'starts_at': None, 'minutes': 10, 'paid': True}]
    """
    own = [
        BreakPolicy(0, sum(pause["minutes"] for pause in breaks if pause["paid"] == paid), paid)
        for paid in (True, False)
    ]
    return [*breaks, *_at([policy for policy in lawful_policies(own, law) if policy.from_minutes], minutes)]


def shifted_break(pause: dict[str, Any], by: timedelta) -> dict[str, Any]:
    """A break of a shift that is moved by so much."""
    if not pause.get("starts_at"):
        return pause
    return {**pause, "starts_at": (datetime.fromisoformat(pause["starts_at"]) + by).isoformat()}


def _at(policies: Sequence[BreakPolicy], minutes: int) -> Breaks:
    return [
        {"starts_at": None, "minutes": policy.minutes, "paid": policy.paid}
        for policy in policies
        if minutes >= policy.from_minutes
    ]


def _sum(policies: Iterable[BreakPolicy], length: int, *, paid: bool) -> int:
    return sum(p.minutes for p in policies if p.paid == paid and p.from_minutes <= length)
