"""Rests between the work of two days that are so short that the law of the place makes them cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from scheduler.kernel.clock import day_start, local_day, minutes_between, zone_named
from scheduler.kernel.effective import in_force
from scheduler.law.agreements import layers_in
from scheduler.law.consent_records import consents_for_law
from scheduler.law.consents import Consent
from scheduler.law.nominal_time import minutes_in
from scheduler.law.pack import Opener, Pack
from scheduler.law.provisions import Provision, provision
from scheduler.law.schedule_premium import short_rest_premium
from scheduler.law.subject import LawSubject
from scheduler.organisation.models import Location
from scheduler.people.contracts import contracts_between
from scheduler.people.models import Contract
from scheduler.rosters.compare import ShiftFacts, facts_of
from scheduler.rosters.models import Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.premiums import Premium, premium_of, rate_of

NEAR = timedelta(days=2)
"""No rest that costs anything is longer than a day, and no shift than another."""

RestKey = tuple[UUID, UUID, UUID]
"""Employee, and lineages of the shifts before and after the rest."""


@dataclass(frozen=True, slots=True)
class PricedRest:
    """A rest of one person that costs a premium, or would if it could be priced.

    Parameters
    ----------
    before, after
        The shifts around it, of two civil days.
    before_roster_id, roster_id
        Of those shifts; the second may be in another roster, at another location.
    day
        Civil day of the second shift, at its location.
    zone
        Time zone of that location.
    consented
        Whether a consent to such rests held for the person on that day.
    """

    employee_id: UUID
    employee: str
    before: ShiftFacts
    after: ShiftFacts
    before_roster_id: UUID
    roster_id: UUID
    day: date
    zone: str
    rest_minutes: int
    due_minutes: int
    consented: bool
    premium: Premium

    @property
    def key(self) -> RestKey:
        """Person and shifts."""
        return self.employee_id, self.before.lineage_id, self.after.lineage_id


@dataclass(frozen=True, slots=True)
class _Placed:
    """A shift and the roster it is in."""

    shift: Shift
    roster: Roster

    @property
    def day(self) -> date:
        """Civil day on which it starts."""
        return local_day(self.shift.starts_at, zone_named(self.roster.location.zone))


@dataclass(frozen=True, slots=True)
class _Records:
    """What is known of the people and of the law of each place."""

    layers: Mapping[str, Sequence[Pack]]
    consents: Mapping[str, Mapping[UUID, tuple[Consent, ...]]]
    contracts: Mapping[UUID, Sequence[Contract]]


def short_rests(session: Session, roster: Roster, shifts: Iterable[Shift]) -> list[PricedRest]:
    """The short rests before and after the work of a roster, with their prices, by start of the second shift.

    A rest lies between the work of two civil days: shifts of one day are a split shift. It is priced by the
    law of the place of the second shift, on its day, whether the person agreed or not.

    Parameters
    ----------
    shifts
        Of a version of the roster; published work of the same people in other rosters is looked up.
    """
    own = [_Placed(shift, roster) for shift in shifts if shift.employee_id is not None]
    people = {each.shift.employee_id for each in own if each.shift.employee_id}
    if not people:
        return []
    by_person: dict[UUID, list[_Placed]] = defaultdict(list)
    for each in (*own, *_elsewhere(session, roster, people)):
        if each.shift.employee_id:
            by_person[each.shift.employee_id].append(each)
    pairs = [
        (who, before, after)
        for who, placed in by_person.items()
        for before, after in pairwise(sorted(placed, key=lambda one: one.shift.starts_at))
        if roster.id in (before.roster.id, after.roster.id) and before.day != after.day
    ]
    records = _records(session, roster, people, {after.roster.location for _, _, after in pairs})
    found = [_priced(records, *pair) for pair in pairs]
    return sorted((one for one in found if one), key=lambda one: (one.after.starts_at, one.employee))


def _elsewhere(session: Session, roster: Roster, people: Iterable[UUID]) -> list[_Placed]:
    """Published work of people in other rosters, in and around the days of this one."""
    zone = zone_named(roster.location.zone)
    rows = session.execute(
        select(Shift, Roster)
        .join(RosterVersion, Shift.version_id == RosterVersion.id)
        .join(Roster, RosterVersion.roster_id == Roster.id)
        .where(
            RosterVersion.state == VersionState.PUBLISHED,
            Roster.id != roster.id,
            Shift.employee_id.in_(people),
            Shift.ends_at > day_start(roster.starts_on, zone) - NEAR,
            Shift.starts_at < day_start(roster.ends_on, zone) + NEAR,
        )
        .options(
            selectinload(Shift.department), selectinload(Shift.skill), selectinload(Shift.employee),
            joinedload(Roster.location),
        )
    )  # fmt: skip
    return [_Placed(shift, other) for shift, other in rows]


def _records(session: Session, roster: Roster, people: set[UUID], places: Iterable[Location]) -> _Records:
    jurisdictions = {place.jurisdiction for place in places}
    layers = {name: layers_in(session, name) for name in jurisdictions}
    return _Records(
        layers,
        {name: consents_for_law(session, people, layers[name]) for name in jurisdictions},
        contracts_between(session, people, roster.starts_on - NEAR, roster.ends_on + NEAR),
    )


def _priced(records: _Records, who: UUID, before: _Placed, after: _Placed) -> PricedRest | None:
    place, day = after.roster.location, after.day
    layers, sector = records.layers[place.jurisdiction], place.sector or ""
    due = provision(layers, "rest_between", LawSubject(id=str(who), sector=sector), day)
    if due is None:
        return None
    rest = minutes_between(before.shift.ends_at, after.shift.starts_at)
    contract = in_force(records.contracts.get(who, ()), day)
    lines = short_rest_premium(
        layers, rest_minutes=rest, shift_minutes=after.shift.paid_minutes, day=day,
        rate=rate_of(contract), sector=sector,
    )  # fmt: skip
    if not lines:
        return None
    return PricedRest(
        employee_id=who,
        employee=after.shift.employee.name if after.shift.employee else "",
        before=facts_of(before.shift),
        after=facts_of(after.shift),
        before_roster_id=before.roster.id,
        roster_id=after.roster.id,
        day=day,
        zone=place.zone,
        rest_minutes=rest,
        due_minutes=minutes_in(due.value),
        consented=_consented(due, records.consents[place.jurisdiction].get(who, ()), day),
        premium=premium_of(layers, lines, contract, day),
    )


def _consented(due: Provision, consents: Iterable[Consent], day: date) -> bool:
    """Whether a consent lifts the rest that is due on a day."""
    opened = {one.ground for one in due.parameter.exceptions if one.opened_by == Opener.CONSENT}
    return any(consent.ground in opened and consent.holds_on(day) for consent in consents)
