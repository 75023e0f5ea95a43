"""Lent rights to approve: a stand-in approves in somebody's name, at named places and on named days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Account, ApprovalDelegation, Location
from scheduler.organisation.permissions import Grant, Permission, Reach, reach_of_grants


@dataclass(frozen=True, slots=True)
class Lent:
    """A right to approve that holds today; ``employee_id`` is the giver's, if he is one."""

    giver_id: UUID
    employee_id: UUID | None
    location_id: UUID


def own_reach(account: Account | None) -> Reach:
    """Where an account may approve by its own roles."""
    grants = () if account is None else [Grant(each.role, each.location_id) for each in account.grants]
    return reach_of_grants(grants, Permission.TIMESHEETS_APPROVE) or Reach()


def lent_to(session: Session, account_id: UUID, *, now: datetime) -> list[Lent]:
    """The rights to approve that an account has been lent and that hold now, the oldest first.

    A lent right reaches no further than the giver's own: it rests while the giver's account is off or may
    not approve there, and what was lent cannot be lent on.
    """
    query = (
        select(ApprovalDelegation, Location.zone)
        .join(Location, Location.id == ApprovalDelegation.location_id)
        .where(ApprovalDelegation.receiver_id == account_id, ApprovalDelegation.withdrawn_at.is_(None))
        .order_by(ApprovalDelegation.id)
    )
    found = []
    for each, zone in session.execute(query).all():
        if not each.starts_on <= local_day(now, zone_named(zone)) < each.ends_on:
            continue
        giver = session.get(Account, each.giver_id)
        if giver is not None and giver.active and own_reach(giver).covers(each.location_id):
            found.append(Lent(giver.id, giver.employee_id, each.location_id))
    return found


def delegate(
    session: Session,
    *,
    location_ids: Collection[UUID],
    receiver_email: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: str,
) -> list[ApprovalDelegation]:
    """Lend the actor's own right to approve at some locations, one record for each.

    Parameters
    ----------
    starts_on, ends_on
        Half-open, civil days of each location; it ends by itself.

    Raises
    ------
    InvalidInput
        Without a location or a reason, for days that are over or the wrong way round, for an address that
        nobody here signs in with, or one's own.
    SchedulerError
        ``account_needed`` for an API key; ``delegation_beyond_own_rights`` with the locations at which the
        actor may not approve by his own roles.
    """
    reason = checked_reason(reason)
    giver = _account(session, actor)
    if giver is None:
        raise SchedulerError("account_needed", hint="sign in as the person whose right it is")
    receiver = session.scalars(
        select(Account).where(Account.email == receiver_email.strip().lower(), Account.active)
    ).one_or_none()
    places = {each.id: each for each in list_locations(session) if each.id in location_ids}
    faults = list(_faults(giver, receiver, receiver_email, places.values(), starts_on, ends_on))
    if faults or receiver is None:
        raise InvalidInput(faults)
    mine = own_reach(giver)
    beyond = sorted(str(each) for each in location_ids if not mine.covers(each))
    if beyond:
        raise SchedulerError("delegation_beyond_own_rights", locations=beyond)
    made = [
        ApprovalDelegation(
            giver_id=giver.id,
            receiver_id=receiver.id,
            location_id=location_id,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            given_at=utc_now(),
        )
        for location_id in sorted(places)
    ]
    session.add_all(made)
    session.flush()
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    for each in made:
        facts = {"receiver_id": str(receiver.id), "location_id": str(each.location_id), "reason": reason}
        record(session, actor, "delegation.give", "approval_delegation", each.id, **facts, **days)
    return made


def _faults(
    giver: Account,
    receiver: Account | None,
    email: str,
    places: Collection[Location],
    starts_on: date,
    ends_on: date,
) -> Iterable[FieldError]:
    if not places:
        yield FieldError("location_ids", "", "no location is named", "at least one at which you approve")
    if receiver is None:
        yield FieldError(
            "receiver_email", email[:254], "nobody here signs in with it", "the address of an active account"
        )
    elif receiver.id == giver.id:
        yield FieldError("receiver_email", email[:254], "it is your own", "the address of somebody else")
    if ends_on <= starts_on:
        yield FieldError(
            "ends_on", ends_on.isoformat(), "it is not after the first day", "the first day without the right"
        )
    elif any(ends_on <= local_day(utc_now(), zone_named(each.zone)) for each in places):
        yield FieldError("ends_on", ends_on.isoformat(), "it is over already", "a day after today")


def withdraw(session: Session, delegation_id: UUID, *, actor: str) -> ApprovalDelegation:
    """The right is taken back by its giver or whoever may approve there himself, or given back.

    Raises
    ------
    SchedulerError
        ``not_found``; ``not_your_delegation``; ``delegation_is_over`` if it ended or was taken back before.
    """
    found = session.get(ApprovalDelegation, delegation_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise SchedulerError("not_found", what="lent right to approve", id=str(delegation_id))
    account = _account(session, actor)
    parties = (found.giver_id, found.receiver_id)
    if account is None or (account.id not in parties and not own_reach(account).covers(found.location_id)):
        raise SchedulerError("not_your_delegation", delegation_id=str(delegation_id))
    zone = zone_named(session.get_one(Location, found.location_id).zone)
    if found.withdrawn_at is not None or local_day(utc_now(), zone) >= found.ends_on:
        raise SchedulerError("delegation_is_over", delegation_id=str(delegation_id))
    found.withdrawn_at, found.withdrawn_by = utc_now(), actor
    session.flush()
    record(session, actor, "delegation.withdraw", "approval_delegation", found.id)
    return found


def delegations(session: Session, account_id: UUID | None, within: Reach) -> Sequence[ApprovalDelegation]:
    """What an account lent and was lent, and all that was lent within its own reach, the newest first."""
    mine = or_(ApprovalDelegation.giver_id == account_id, ApprovalDelegation.receiver_id == account_id)
    wanted = or_(mine, within.criterion(ApprovalDelegation.location_id))
    query = select(ApprovalDelegation).where(wanted).order_by(ApprovalDelegation.id.desc())
    return session.scalars(query).all()


def _account(session: Session, actor: str) -> Account | None:
    kind, _, key = actor.partition(":")
    return session.get(Account, UUID(key)) if kind == "user" else None
