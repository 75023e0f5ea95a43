"""Keep people's calendar entries in step with what was published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.rosters.models import CalendarEntry, CalendarFeed, Roster, Shift


def refresh_entries(session: Session, roster: Roster, shifts: Iterable[Shift], at: datetime) -> set[UUID]:
    """Make the entries of a roster say what its published shifts say; gives the people who see a change.

    Parameters
    ----------
    shifts
        The shifts of the version that is being published.
    at
        Instant of publication: the stamp of every entry that changes.

    Notes
    -----
    An entry whose shift was withdrawn stays, cancelled. SQLite checks overlaps row by row, so entries that
    change are first taken out of the way.
    """
    wanted = {(s.employee_id, s.lineage_id): s for s in shifts if s.employee_id is not None}
    present = {
        (entry.employee_id, entry.lineage_id): entry
        for entry in session.scalars(select(CalendarEntry).where(CalendarEntry.roster_id == roster.id))
    }
    changed: list[tuple[CalendarEntry, dict[str, object]]] = []
    touched: set[UUID] = set()
    for key, entry in present.items():
        shift = wanted.pop(key, None)
        now: dict[str, object] = {"cancelled": True} if shift is None else _seen(roster, shift)
        if shift is not None:
            entry.shift_id = shift.id
        if any(getattr(entry, name) != value for name, value in now.items()):
            changed.append((entry, now))
            touched.add(entry.employee_id)
    _apply(session, changed, at)
    for (employee_id, lineage_id), shift in wanted.items():
        touched.add(employee_id)
        session.add(
            CalendarEntry(
                employee_id=employee_id,
                lineage_id=lineage_id,
                roster_id=roster.id,
                shift_id=shift.id,
                sequence=0,
                stamped_at=at,
                **_seen(roster, shift),
            )
        )
    session.flush()
    _touch_feeds(session, touched, at)
    return touched


def _apply(session: Session, changed: list[tuple[CalendarEntry, dict[str, object]]], at: datetime) -> None:
    for entry, _ in changed:
        entry.cancelled = True
    session.flush()
    for entry, now in changed:
        for name, value in now.items():
            setattr(entry, name, value)
        entry.sequence += 1
        entry.stamped_at = at
    session.flush()


def _touch_feeds(session: Session, people: set[UUID], at: datetime) -> None:
    if people:
        session.execute(
            update(CalendarFeed).where(CalendarFeed.employee_id.in_(people)).values(changed_at=at)
        )


def _seen(roster: Roster, shift: Shift) -> dict[str, object]:
    location = roster.location
    return {
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "summary": f"{shift.skill.name}, {shift.department.name}",
        "place": location.name,
        "description": description_of(shift, ZoneInfo(location.zone)),
        "cancelled": False,
    }


def description_of(shift: Shift, zone: ZoneInfo) -> str:
    """Local times, breaks and paid time of a shift, in words."""
    start, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    lines = [f"{start:%a %d %b %Y %H:%M} to {end:%H:%M} ({zone.key})"]
    for pause in shift.breaks:
        kind = "paid" if pause["paid"] else "unpaid"
        when = f" at {_clock(pause['starts_at'], zone)}" if pause.get("starts_at") else ""
        lines.append(f"Break {pause['minutes']} min{when}, {kind}")
    lines.append(f"Paid {shift.paid_minutes // 60} h {shift.paid_minutes % 60:02d} min")
    if shift.note:
        lines.append(shift.note)
    return "\n".join(lines)


def _clock(instant: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(zone):%H:%M}"
