"""Pay groups: finding them, making one, changing what it is called and when it is due."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.people.models import PayGroup, PayGroupCalendar
from scheduler.people.pay_calendar import NO_GROUP, CalendarFrom, PayCalendar, PayCalendars

MOST_DAYS_LATER = 60
"""How long after a period its timesheets can be due, or its money be paid, at most."""
LONGEST_CODE, LONGEST_NAME = 40, 100


@dataclass(frozen=True, slots=True)
class PayGroupTerms:
    """What a pay group is called and when it is due; the fields mean what they mean in `PayGroup`."""

    name: str
    sheets_due_days: int | None = None
    pay_day_days: int | None = None

    def errors(self) -> list[FieldError]:
        """Everything that cannot be."""
        found = _name_errors("name", self.name, LONGEST_NAME)
        for field in ("sheets_due_days", "pay_day_days"):
            days = getattr(self, field)
            if days is not None and not 0 <= days <= MOST_DAYS_LATER:
                hint = f"0 to {MOST_DAYS_LATER} days after the last day of the period, or nothing"
                found.append(FieldError(field, str(days), "cannot be", hint))
        return found


def list_pay_groups(session: Session) -> list[PayGroup]:
    """Every pay group of the organisation, by name."""
    return list(session.scalars(select(PayGroup).order_by(PayGroup.name, PayGroup.code)))


def find_pay_group(session: Session, pay_group_id: UUID) -> PayGroup:
    """The pay group with this id.

    Raises
    ------
    SchedulerError
        ``pay_group_not_found``.
    """
    group = session.get(PayGroup, pay_group_id)
    if group is None:
        raise SchedulerError("pay_group_not_found", pay_group_id=str(pay_group_id))
    return group


def calendars_of(group: PayGroup | None) -> PayCalendars:
    """The calendars of a pay group; weeks from Monday for none."""
    if group is None or not group.calendars:
        return NO_GROUP
    ordered = sorted(group.calendars, key=lambda each: each.valid_from)
    return PayCalendars(tuple(CalendarFrom(each.valid_from, calendar_of(each)) for each in ordered))


def calendar_of(row: PayGroupCalendar) -> PayCalendar:
    """What a stored calendar says."""
    return PayCalendar(row.kind, row.anchor_on, row.first_day, row.second_day)


def create_pay_group(
    session: Session,
    code: str,
    terms: PayGroupTerms,
    calendar: PayCalendar,
    *,
    actor: str,
    group_id: UUID | None = None,
) -> PayGroup:
    """A new pay group; its calendar holds for every day.

    Parameters
    ----------
    group_id
        The id it gets; None for one that is made now.

    Raises
    ------
    InvalidInput
        With everything that cannot be, and if the code is taken.
    """
    code = code.strip()
    errors = [*_name_errors("code", code, LONGEST_CODE), *terms.errors(), *calendar.errors()]
    if session.scalar(select(PayGroup.id).where(PayGroup.code == code)) is not None:
        errors.append(FieldError("code", code, "is taken", "a code of its own"))
    if errors:
        raise InvalidInput(errors)
    group = PayGroup(id=group_id or new_id(), code=code, **_stored(terms))
    session.add(group)
    add_calendar(group, calendar, calendar.span(utc_now().date())[0])
    session.flush()
    facts = {"code": code, **asdict(terms), "calendar": as_facts(calendar)}
    record(session, actor, "pay_group.create", "pay_group", group.id, **facts)
    return group


def change_pay_group(session: Session, pay_group_id: UUID, terms: PayGroupTerms, *, actor: str) -> PayGroup:
    """The pay group, called and due as said; its periods stay as they are.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``pay_group_not_found``.
    """
    group = find_pay_group(session, pay_group_id)
    if errors := terms.errors():
        raise InvalidInput(errors)
    for name, value in _stored(terms).items():
        setattr(group, name, value)
    session.flush()
    record(session, actor, "pay_group.change", "pay_group", group.id, **asdict(terms))
    return group


def add_calendar(group: PayGroup, calendar: PayCalendar, valid_from: date) -> None:
    """The calendar holds for the group from a day on."""
    group.calendars.append(PayGroupCalendar(valid_from=valid_from, **asdict(calendar)))


def as_facts(calendar: PayCalendar) -> dict[str, str | int | None]:
    """A calendar as the audit record keeps it."""
    anchor = calendar.anchor_on.isoformat() if calendar.anchor_on else None
    return asdict(calendar) | {"kind": calendar.kind.value, "anchor_on": anchor}


def _stored(terms: PayGroupTerms) -> dict[str, str | int | None]:
    return asdict(terms) | {"name": terms.name.strip()}


def _name_errors(field: str, text: str, longest: int) -> list[FieldError]:
    if not text.strip():
        return [FieldError(field, text, "is missing", f"up to {longest} characters")]
    if len(text) > longest:
        return [FieldError(field, text, "is too long", f"up to {longest} characters")]
    return []
