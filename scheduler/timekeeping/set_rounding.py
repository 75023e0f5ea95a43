"""Choose how the time of a location is rounded, from a day on, within what its law allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.provisions import Provision
from scheduler.law.punch_rounding import rounding_policy, rounding_provision
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import RoundingSetting
from scheduler.timekeeping.open_sheets import derive_open_anew, refuse_settled
from scheduler.timekeeping.rounding import POLICIES, DatedPolicy


def list_roundings(session: Session, location_id: UUID) -> Sequence[RoundingSetting]:
    """The policies of a location, the earliest first; before the first one minutes are exact.

    Raises
    ------
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    query = select(RoundingSetting).where(RoundingSetting.location_id == location_id)
    return session.scalars(query.order_by(RoundingSetting.starts_on)).all()


def set_rounding(session: Session, location_id: UUID, new: DatedPolicy, *, actor: str) -> RoundingSetting:
    """A policy from a day on, in place of one of the same day; open timesheets follow it at once.

    Raises
    ------
    InvalidInput
        For an unknown policy; see also `refuse_settled`.
    SchedulerError
        ``location_not_found``, ``time_is_closed``; ``rounding_not_allowed`` with the article where the law of
        the place does not allow it on that day. Where the law forbids it later, minutes are exact from then.
    """
    location = find_location(session, location_id)
    policy = POLICIES.get(new.policy)
    if policy is None:
        raise InvalidInput(
            [FieldError("policy", new.policy, "no such policy", f"one of {', '.join(POLICIES)}")]
        )
    layers = layers_in(session, location.jurisdiction)
    allowed = rounding_policy(layers, new.starts_on)
    if policy.law_step_minutes and policy.law_step_minutes not in allowed.steps_minutes:
        found = rounding_provision(layers, new.starts_on)
        raise SchedulerError(
            "rounding_not_allowed",
            policy=policy.id,
            jurisdiction=location.jurisdiction,
            starts_on=new.starts_on.isoformat(),
            allowed=str(allowed),
            article=found.citation if found else "no law known here allows any rounding",
        )
    refuse_settled(session, location_id, new.starts_on)
    row = _row(session, location_id, new.starts_on)
    if row is None:
        row = RoundingSetting(location_id=location_id, starts_on=new.starts_on)
        session.add(row)
    row.policy = policy.id
    session.flush()
    facts = {"starts_on": new.starts_on.isoformat(), "policy": policy.id}
    record(session, actor, "location.rounding", "location", location_id, **facts)
    derive_open_anew(session, location_id, new.starts_on, actor=actor)
    return row


def remove_rounding(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> None:
    """The policy of a day is gone; the one before it goes on.

    Raises
    ------
    SchedulerError
        ``location_not_found``, ``time_setting_not_found``, ``time_is_closed``.
    """
    find_location(session, location_id)
    row = _row(session, location_id, starts_on)
    if row is None:
        raise SchedulerError("time_setting_not_found", starts_on=starts_on.isoformat())
    refuse_settled(session, location_id, starts_on)
    session.delete(row)
    session.flush()
    facts = {"starts_on": starts_on.isoformat(), "policy": row.policy}
    record(session, actor, "location.rounding_removed", "location", location_id, **facts)
    derive_open_anew(session, location_id, starts_on, actor=actor)


def rounding_law(session: Session, location_id: UUID, day: date) -> tuple[tuple[int, ...], Provision | None]:
    """The steps, minutes, that the law of a location allows on a civil day, and where it is written."""
    layers = layers_in(session, find_location(session, location_id).jurisdiction)
    return rounding_policy(layers, day).steps_minutes, rounding_provision(layers, day)


def _row(session: Session, location_id: UUID, starts_on: date) -> RoundingSetting | None:
    return session.scalars(
        select(RoundingSetting).where(
            RoundingSetting.location_id == location_id, RoundingSetting.starts_on == starts_on
        )
    ).one_or_none()
