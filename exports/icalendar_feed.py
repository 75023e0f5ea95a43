"""A person's shifts and leave as an iCalendar stream (RFC 5545).

Instants are written in UTC: every common client then shows the right local hour, which generated VTIMEZONE
blocks do not achieve. Nothing in the stream comes from the clock or from chance: the same rows give the same
bytes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration

from scheduler.rosters.feeds import FeedContents
from scheduler.rosters.models import CalendarEntry
from scheduler.timeoff.models import TimeOff

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODID = "-//Makina//Shifts//EN"
REFRESH = timedelta(hours=1)
"""How often a subscribed calendar is asked to look again."""


def render(contents: FeedContents) -> bytes:
    """The stream as UTF-8 with CRLF line ends, folded at 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"Shifts: {contents.name}")
    # RFC 7986; the older X- name is what Outlook reads. Both need a duration type, not text.
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in contents.entries:
        calendar.add_component(_shift(entry))
    for leave in contents.leave:
        calendar.add_component(_leave(leave))
    stream: bytes = calendar.to_ical()
    return stream


def _shift(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@makina")
    event.add("dtstamp", _second(entry.stamped_at))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _leave(leave: TimeOff) -> Event:
    event = Event()
    event.add("uid", f"{leave.id}@makina")
    event.add("dtstamp", _second(leave.decided_at or leave.requested_at))
    event.add("dtstart", leave.starts_on)
    event.add("dtend", leave.ends_on)
    # The kind of leave stays private: such addresses are shared with family and flatmates.
    event.add("summary", "Time off")
    event.add("status", "CONFIRMED")
    return event


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
