"""How much work is somebody's fair share of some days, and how far earlier weeks were from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from scheduler.kernel.clock import days_between
from scheduler.people.models import Contract
from solver.civil_days import Calendar
from solver.work import Work

Days = tuple[date, date]
"""Civil days ``[first, end)``."""


def contract_minutes(weekly: int, contract: Contract, span: Days, leave: Iterable[Days] = ()) -> int:
    """The part of ``weekly`` minutes that falls on the days of ``span`` on which the contract holds.

    A day of leave takes a fifth of a week off, because a week has five working days whichever they are.

    Examples
    --------
    >>> from datetime import date
    >>> week = (date(2026, 11, 23), date(2026, 11, 30))
    >>> contract_minutes(2400, Contract(valid_from=date(2026, 1, 1)), week)
    2400
    >>> contract_minutes(2400, Contract(valid_from=date(2026, 1, 1)), week, [(date(2026, 11, 26), week[1])])
    480
    """
    first = max(span[0], contract.valid_from)
    end = min(span[1], contract.valid_until or span[1])
    days = max(0, (end - first).days)
    away = {day for start, back in leave for day in days_between(max(first, start), min(end, back))}
    return max(0, 5 * days - 7 * len(away)) * weekly // 35


def fair_minutes(contracts: Sequence[Contract], span: Days, leave: Sequence[Days]) -> int:
    """Agreed minutes over the days of ``span``, less leave."""
    return sum(contract_minutes(held.weekly_minutes, held, span, leave) for held in contracts)


def carried_balance(
    contracts: Sequence[Contract],
    weeks: Iterable[Days],
    leave: Sequence[Days],
    history: Iterable[Work],
    calendar: Calendar,
) -> int:
    """Paid minutes of earlier published weeks less the fair share of them; positive for who had more.

    Parameters
    ----------
    weeks
        The days of earlier published rosters.
    history
        Published work that starts before the days of ``calendar``.
    """
    worked = [(calendar.date(calendar.index(work.start)), work.paid) for work in history]
    return sum(
        sum(paid for on, paid in worked if span[0].isoformat() <= on < span[1].isoformat())
        - fair_minutes(contracts, span, leave)
        for span in weeks
    )
