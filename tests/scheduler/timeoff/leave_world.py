"""Policies, contracts and accounts for tests of leave, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from scheduler.kernel.ids import new_id
from scheduler.timeoff.entitlement import Employment
from scheduler.timeoff.leave_account import AccountOf, Leave
from scheduler.timeoff.leave_policies import PolicyTerms
from scheduler.timeoff.models import (
    LeaveEntry,
    LeaveEntryKind,
    LeaveGranting,
    LeaveKind,
    LeavePolicy,
    LeaveUnit,
)

LONG_AGO = date(2010, 3, 1)


@dataclass(frozen=True)
class Agreed:
    """A contract of so many minutes a week."""

    valid_from: date
    valid_until: date | None
    weekly_minutes: int


def terms(**changes: Any) -> PolicyTerms:
    """26 days a year from 2026 on, unless it is said otherwise."""
    plain: dict[str, Any] = {
        "kind": LeaveKind.ANNUAL,
        "starts_on": date(2026, 1, 1),
        "unit": LeaveUnit.DAYS,
        "granting": LeaveGranting.YEARLY,
        "yearly_amount": 2600,
    }
    return PolicyTerms(**{**plain, **changes})


def policy(**changes: Any) -> LeavePolicy:
    """The same as a record that is not stored."""
    said = terms(**changes)
    told = {name: getattr(said, name) for name in PolicyTerms.__dataclass_fields__}
    return LeavePolicy(**told)


def employment(
    hired_on: date = LONG_AGO, left_on: date | None = None, weekly_minutes: int = 2400
) -> Employment:
    """Somebody with one contract all the time."""
    return Employment(hired_on, left_on, [Agreed(hired_on, None, weekly_minutes)])


def entry(day: date, amount: int, kind: LeaveEntryKind = LeaveEntryKind.ADJUSTMENT) -> LeaveEntry:
    """An entry of the ledger that is not stored."""
    return LeaveEntry(
        id=new_id(),
        leave_kind=LeaveKind.ANNUAL,
        day=day,
        entry=kind,
        unit=LeaveUnit.DAYS,
        amount=amount,
        reason="because",
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        recorded_by="system",
    )


def leave(first: date, end: date) -> Leave:
    """Approved leave."""
    return Leave(new_id(), first, end)


def account(
    *policies: LeavePolicy,
    person: Employment | None = None,
    entries: Sequence[LeaveEntry] = (),
    taken: Sequence[Leave] = (),
    holidays: Sequence[date] = (),
) -> AccountOf:
    """An account of annual leave."""
    rules = policies or (policy(),)
    return AccountOf(LeaveKind.ANNUAL, person or employment(), rules, entries, taken, frozenset(holidays))
