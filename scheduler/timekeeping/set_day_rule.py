"""Choose to which days work over midnight at a location belongs, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.provisions import Provision, provision
from scheduler.law.punch_rounding import ANYBODY
from scheduler.law.values import Name
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import DayRule, DayRuleSetting
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.open_sheets import derive_open_anew, refuse_settled

OF_LAW = {
    "scheduled_start": DayRule.DOBA,
    "shift_start": DayRule.START,
    "fixed_hour": DayRule.WORKDAY,
}
"""Which rule counts days as a law does that says when its working days begin."""


def list_day_rules(session: Session, location_id: UUID) -> Sequence[DayRuleSetting]:
    """The rules of a location, the earliest first; before the first one work belongs to the day it starts on.

    Raises
    ------
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    query = select(DayRuleSetting).where(DayRuleSetting.location_id == location_id)
    return session.scalars(query.order_by(DayRuleSetting.starts_on)).all()


def set_day_rule(session: Session, location_id: UUID, new: DatedRule, *, actor: str) -> DayRuleSetting:
    """A rule from a day on, in place of one of the same day; open timesheets follow it at once.

    What a rule before it gave to earlier days stays there, so that no closed period changes.

    Raises
    ------
    InvalidInput
        For a minute that no day has, or that means nothing under the rule; see also `refuse_settled`.
    SchedulerError
        ``location_not_found``, ``time_is_closed``.
    """
    find_location(session, location_id)
    minute = new.workday_starts_minute
    if not 0 <= minute < DAY_MINUTES or (minute and new.rule is not DayRule.WORKDAY):
        hint = "0 to 1439 minutes after midnight for workday, else 0"
        raise InvalidInput([FieldError("workday_starts_minute", str(minute), "cannot be", hint)])
    refuse_settled(session, location_id, new.starts_on)
    row = _row(session, location_id, new.starts_on)
    if row is None:
        row = DayRuleSetting(location_id=location_id, starts_on=new.starts_on)
        session.add(row)
    row.rule, row.workday_starts_minute = new.rule, minute
    session.flush()
    facts = {"starts_on": new.starts_on.isoformat(), "rule": new.rule.value, "workday_starts_minute": minute}
    record(session, actor, "location.day_rule", "location", location_id, **facts)
    derive_open_anew(session, location_id, new.starts_on, actor=actor)
    return row


def remove_day_rule(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> None:
    """The rule of a day is gone; the one before it goes on.

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
    facts = {"starts_on": starts_on.isoformat(), "rule": row.rule.value}
    record(session, actor, "location.day_rule_removed", "location", location_id, **facts)
    derive_open_anew(session, location_id, starts_on, actor=actor)


def day_rule_of_law(session: Session, location_id: UUID, day: date) -> tuple[DayRule, Provision] | None:
    """The rule that counts days as the law of the place does, and where it is written; None if it is silent.

    Overtime follows the law's own working day whatever the rule; this is only what to choose so that
    timesheets show the same days.
    """
    layers = layers_in(session, find_location(session, location_id).jurisdiction)
    found = provision(layers, "workday", ANYBODY, day)
    if found is None or not isinstance(found.value, Name) or found.value.text not in OF_LAW:
        return None
    return OF_LAW[found.value.text], found


def _row(session: Session, location_id: UUID, starts_on: date) -> DayRuleSetting | None:
    return session.scalars(
        select(DayRuleSetting).where(
            DayRuleSetting.location_id == location_id, DayRuleSetting.starts_on == starts_on
        )
    ).one_or_none()
