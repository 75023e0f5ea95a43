"""The feed shows the right local hours in foreign parsers and in a calendar client, around clock changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from exports.icalendar_feed import MEDIA_TYPE, render
from scheduler.kernel.clock import local_instant
from scheduler.rosters.feeds import FeedContents
from scheduler.rosters.models import CalendarEntry
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from tests.e2e.node_tools import run_module

WARSAW, LOS_ANGELES = "Europe/Warsaw", "America/Los_Angeles"
STAMP = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)

# (zone, local day, start, end): night shifts over both changes and ordinary days around them.
SHIFTS = [
    (WARSAW, date(2026, 3, 27), 22, 30),
    (WARSAW, date(2026, 3, 28), 22, 30),
    (WARSAW, date(2026, 3, 29), 6, 14),
    (WARSAW, date(2026, 3, 30), 6, 14),
    (WARSAW, date(2026, 10, 24), 22, 30),
    (WARSAW, date(2026, 10, 25), 14, 22),
    (WARSAW, date(2026, 10, 26), 14, 22),
    (LOS_ANGELES, date(2026, 3, 6), 9, 17),
    (LOS_ANGELES, date(2026, 3, 7), 22, 30),
    (LOS_ANGELES, date(2026, 3, 9), 9, 17),
    (LOS_ANGELES, date(2026, 10, 31), 22, 30),
    (LOS_ANGELES, date(2026, 11, 2), 9, 17),
]


def entry(number: int, starts_at: datetime, ends_at: datetime, **changes: object) -> CalendarEntry:
    values: dict[str, object] = {
        "id": UUID(int=number),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "summary": f"Shift {number}",
        "place": "Main warehouse",
        "description": "Break 30 min, unpaid",
        "cancelled": False,
        "sequence": 0,
        "stamped_at": STAMP,
    }
    return CalendarEntry(**{**values, **changes})


def leave() -> TimeOff:
    return TimeOff(
        id=UUID(int=900),
        starts_on=date(2026, 3, 28),
        ends_on=date(2026, 3, 31),
        kind=LeaveKind.SICK,
        state=TimeOffState.APPROVED,
        requested_at=STAMP,
        decided_at=STAMP,
    )


def shifts_of(zone: str) -> list[CalendarEntry]:
    return [
        entry(
            number,
            local_instant(day, start * 60, ZoneInfo(name)),
            local_instant(day, end * 60, ZoneInfo(name)),
        )
        for number, (name, day, start, end) in enumerate(SHIFTS)
        if name == zone
    ]


def everything() -> FeedContents:
    return FeedContents("Ann Nowak", [*shifts_of(WARSAW), *shifts_of(LOS_ANGELES)], [leave()])


def local_times(zone: str) -> dict[str, tuple[str, str]]:
    """What a person in the zone must see, by title."""
    found = {}
    for number, (name, day, start, end) in enumerate(SHIFTS):
        if name == zone:
            last = day + timedelta(days=end // 24)
            found[f"Shift {number}"] = (f"{day} {start:02}:00", f"{last} {end % 24:02}:00")
    return found


def test_the_stream_is_what_rfc_5545_asks_for():
    first, second = shifts_of(WARSAW)[0], shifts_of(WARSAW)[1]
    second.cancelled, second.sequence = True, 3
    stream = render(FeedContents("Ann Nowak", [first, second], [leave()]))
    assert stream == (Path(__file__).parent / "feed.ics").read_bytes()
    assert MEDIA_TYPE == "text/calendar; charset=utf-8"


def test_the_same_rows_give_the_same_bytes():
    assert render(everything()) == render(everything())


def test_nothing_but_utc_times_and_dates_is_written():
    stream = render(everything()).decode()
    assert "VTIMEZONE" not in stream
    assert "TZID" not in stream
    starts = [line for line in stream.splitlines() if line.startswith("DTSTART")]
    assert len(starts) == len(SHIFTS) + 1
    assert all(line.endswith("Z") or line.startswith("DTSTART;VALUE=DATE:") for line in starts)


def test_an_empty_feed_is_a_calendar_without_events():
    stream = render(FeedContents("Ann Nowak", [], [])).decode()
    assert stream.startswith("BEGIN:VCALENDAR\r\n")
    assert stream.endswith("END:VCALENDAR\r\n")
    assert "VEVENT" not in stream


def test_long_and_special_text_survives_a_foreign_parser():
    title = "Zażółć; gęślą, jaźń \\ " * 8
    odd = entry(1, STAMP, STAMP + timedelta(hours=1), summary=title, description="one\ntwo; three, four")
    stream = render(FeedContents("Łukasz Żak", [odd], []))
    assert all(len(line) <= 75 for line in stream.split(b"\r\n"))
    (event,) = parsed_by_ical_js(stream, WARSAW)
    assert (event["summary"], event["description"]) == (title, "one\ntwo; three, four")


ICAL_JS = """
import ICAL from "ical.js";
const [text, zone] = process.argv.slice(1).filter((each) => each !== "--");
const shown = (time) => time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000)
  .toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return { uid: event.uid, summary: event.summary, description: event.description, location: event.location,
    sequence: event.sequence, status: part.getFirstPropertyValue("status"),
    start: shown(event.startDate), end: shown(event.endDate) };
});
console.log(JSON.stringify(events));
"""

NODE_ICAL = """
import ical from "node-ical";
const [text, zone] = process.argv.slice(1).filter((each) => each !== "--");
const shown = (time) => time.dateOnly
  ? time.toLocaleDateString("sv-SE")
  : time.toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
const events = Object.values(ical.sync.parseICS(text)).filter((part) => part.type === "VEVENT")
  .map((event) => ({ uid: event.uid, summary: event.summary, description: event.description ?? "",
    location: event.location, sequence: Number(event.sequence ?? 0), status: event.status,
    start: shown(event.start), end: shown(event.end) }));
console.log(JSON.stringify(events));
"""


def parsed(script: str, stream: bytes, zone: str) -> list[dict[str, str]]:
    events: list[dict[str, str]] = json.loads(run_module(script, stream.decode(), zone))
    return events


def parsed_by_ical_js(stream: bytes, zone: str) -> list[dict[str, str]]:
    return parsed(ICAL_JS, stream, zone)


@pytest.mark.slow
@pytest.mark.parametrize("script", [ICAL_JS, NODE_ICAL], ids=["ical.js", "node-ical"])
@pytest.mark.parametrize("zone", [WARSAW, LOS_ANGELES])
def test_foreign_parsers_show_the_right_local_hours(script: str, zone: str):
    events = parsed(script, render(everything()), zone)
    assert len(events) == len(SHIFTS) + 1
    shown = {event["summary"]: (event["start"], event["end"]) for event in events}
    assert {title: shown[title] for title in local_times(zone)} == local_times(zone)
    assert shown["Time off"] == ("2026-03-28", "2026-03-31")
    assert {event["location"] for event in events if event["summary"] != "Time off"} == {"Main warehouse"}


@pytest.mark.slow
@pytest.mark.parametrize("script", [ICAL_JS, NODE_ICAL], ids=["ical.js", "node-ical"])
def test_foreign_parsers_see_the_uid_the_sequence_and_the_cancellation(script: str):
    gone = entry(7, STAMP, STAMP + timedelta(hours=8), cancelled=True, sequence=4)
    (event,) = parsed(script, render(FeedContents("Ann", [gone], [])), WARSAW)
    assert event["uid"] == "00000000-0000-0000-0000-000000000007@makina"
    assert (int(event["sequence"]), event["status"]) == (4, "CANCELLED")


KHAL = """
[calendars]
[[work]]
path = {folder}/work
type = calendar
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


def agenda(folder: Path, stream: bytes, zone: str) -> dict[str, tuple[str, str]]:
    """What khal, a calendar client, shows of a feed to somebody in the zone."""
    (folder / "work").mkdir()
    (folder / "feed.ics").write_bytes(stream)
    (folder / "khal.conf").write_text(KHAL.format(folder=folder, zone=zone), encoding="utf-8")

    def khal(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(folder / "khal.conf"), *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore"},
        )
        return done.stdout

    khal("import", "--batch", "-a", "work", str(folder / "feed.ics"))
    shape = "{title}|{start-date} {start-time}|{end-date} {end-time}"
    lines = khal("list", "--notstarted", "--day-format", "", "--format", shape, "2026-03-01", "300d")
    rows = [line.split("|") for line in lines.splitlines() if line.count("|") == 2]
    return {title: (start.strip(), end.strip()) for title, start, end in rows}


@pytest.mark.slow
@pytest.mark.parametrize("zone", [WARSAW, LOS_ANGELES])
def test_a_calendar_client_shows_the_right_local_hours(tmp_path: Path, zone: str):
    shown = agenda(tmp_path, render(FeedContents("Ann Nowak", shifts_of(zone), [leave()])), zone)
    assert {title: shown[title] for title in local_times(zone)} == local_times(zone)
    assert shown["Time off"] == ("2026-03-28", "2026-03-30")
