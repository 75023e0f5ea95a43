"""What the changes of a published roster cost, by the law of its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.kernel.clock import zone_named
from scheduler.kernel.effective import in_force
from scheduler.kernel.reason import checked_reason
from scheduler.law.agreements import layers_in
from scheduler.law.findings import Finding
from scheduler.law.pack import Pack
from scheduler.law.schedule_premium import change_premium
from scheduler.law.shift_change_notice import shift_change_notice
from scheduler.law.subject import LawSubject
from scheduler.people.contracts import contracts_between
from scheduler.people.models import Contract
from scheduler.rosters.models import ChangeCause, Roster
from scheduler.rosters.person_changes import PersonChange
from scheduler.rosters.premiums import Premium, premium_of, rate_of

ChangeKey = tuple[UUID, UUID]
"""Employee and lineage of a shift."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a published roster is changed.

    Parameters
    ----------
    reason
        In words, 1 to 500 characters.
    causes
        Of single changes, by employee and lineage; `ChangeCause.EMPLOYER` where nothing is said.
    consented
        The changes that their people agreed to.

    Raises
    ------
    InvalidInput
        Without a reason.
    """

    reason: str
    causes: Mapping[ChangeKey, ChangeCause] = field(default_factory=dict)
    consented: frozenset[ChangeKey] = frozenset()

    def __post_init__(self) -> None:
        checked_reason(self.reason)


@dataclass(frozen=True, slots=True)
class PricedChange:
    """A change of one person's published work and what it costs.

    Parameters
    ----------
    notice_minutes
        From telling to the start of the shift.
    premium
        What the law asks for.
    late
        That the law asks for the person's consent at so short a notice, and there is none; None where it
        does not ask, or they agreed.
    """

    change: PersonChange
    cause: ChangeCause
    consented: bool
    notice_minutes: int
    premium: Premium
    late: Finding | None = None


def priced_changes(
    session: Session,
    roster: Roster,
    changes: Sequence[PersonChange],
    *,
    told_at: datetime,
    causes: Mapping[ChangeKey, ChangeCause],
    consented: frozenset[ChangeKey] = frozenset(),
) -> list[PricedChange]:
    """Each change with its premium: the law of the day of the shift, at the rate of the contract of that day.

    Only what the employer changes for needs of its own costs anything or needs consent (`ChangeCause`).
    """
    if not changes:
        return []
    place = _Place(
        layers_in(session, roster.location.jurisdiction),
        roster.location.sector or "",
        zone_named(roster.location.zone),
        told_at,
    )
    days = [change.day for change in changes]
    people = {change.employee_id for change in changes}
    contracts = contracts_between(session, people, min(days), max(days))
    return [
        _priced(
            place,
            change,
            contract=in_force(contracts.get(change.employee_id, []), change.day),
            cause=causes.get(change.key, ChangeCause.EMPLOYER),
            consented=change.key in consented,
        )
        for change in changes
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where and when people are told of changes."""

    layers: Sequence[Pack]
    sector: str
    zone: ZoneInfo
    told_at: datetime


def _priced(
    place: _Place, change: PersonChange, *, contract: Contract | None, cause: ChangeCause, consented: bool
) -> PricedChange:
    exempt = cause is not ChangeCause.EMPLOYER
    law = change.as_law(place.told_at, exempt=exempt)
    lines = change_premium(place.layers, law, day=change.day, rate=rate_of(contract), sector=place.sector)
    late = shift_change_notice(
        place.layers,
        LawSubject(id=str(change.employee_id), sector=place.sector),
        changed_at=place.told_at,
        shift_starts_at=change.starts_at,
        zone=place.zone,
        consented=consented or exempt,
    )
    return PricedChange(
        change,
        cause,
        consented,
        law.notice_minutes,
        premium_of(place.layers, lines, contract, change.day),
        replace(late, employee_name=change.employee) if late else None,
    )
