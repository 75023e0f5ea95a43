"""What is odd in somebody's time, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.pages.formats import clock, hours, stamp
from scheduler.timekeeping.exceptions import ExceptionCode, Owner, Resolution, Severity, TimeException
from scheduler.timekeeping.models import PunchKind, TimesheetState
from scheduler.timekeeping.proposed_fix import Grounds

KINDS: Mapping[PunchKind, str] = {
    PunchKind.IN: "In",
    PunchKind.OUT: "Out",
    PunchKind.BREAK_START: "Break starts",
    PunchKind.BREAK_END: "Break ends",
    PunchKind.TRANSFER: "Moves to",
    PunchKind.VOID: "Taken back",
}

SOURCES: Mapping[str, str] = {
    "web": "in the browser",
    "offline": "in the browser, offline",
    "kiosk": "at the kiosk",
    "device": "time clock",
    "api": "by another system",
    "import": "from a file",
    "correction": "added by hand",
}

STATES: Mapping[TimesheetState, tuple[str, str]] = {
    TimesheetState.OPEN: ("open", ""),
    TimesheetState.SUBMITTED: ("confirmed", "warn"),
    TimesheetState.APPROVED: ("approved", "good"),
    TimesheetState.CLOSED: ("closed", "good"),
}
"""Words and colour of each state."""

CODES: Mapping[ExceptionCode, str] = {
    ExceptionCode.MISSING_IN: "coming is missing",
    ExceptionCode.MISSING_OUT: "leaving is missing",
    ExceptionCode.CLOCKED_IN: "still at work",
    ExceptionCode.DOUBLE_IN: "in twice",
    ExceptionCode.BREAK_WITHOUT_END: "break without end",
    ExceptionCode.BREAK_WITHOUT_START: "break without start",
    ExceptionCode.BREAK_OUTSIDE_WORK: "break outside work",
    ExceptionCode.TRANSFER_OUTSIDE_WORK: "transfer outside work",
    ExceptionCode.LONG_SPAN: "too long a span",
    ExceptionCode.EMPTY_SPAN: "in and out at once",
    ExceptionCode.UNSCHEDULED: "unscheduled",
    ExceptionCode.EARLY_IN: "came early",
    ExceptionCode.LATE_IN: "late",
    ExceptionCode.EARLY_OUT: "left early",
    ExceptionCode.LATE_OUT: "left late",
    ExceptionCode.LONG_BREAK: "long break",
    ExceptionCode.SHORT_BREAK: "short break",
    ExceptionCode.NO_BREAK: "no break",
    ExceptionCode.NOT_HERE_YET: "not here yet",
    ExceptionCode.NO_SHOW: "no-show",
    ExceptionCode.OUTSIDE_PLACE: "punched elsewhere",
    ExceptionCode.PLACE_UNKNOWN: "place not known",
    ExceptionCode.OVER_DAY: "too long a day",
    ExceptionCode.OVER_WEEK: "too long a week",
    ExceptionCode.SHORT_REST: "too short a rest",
    ExceptionCode.OVER_LIMIT: "over a limit of the law",
    ExceptionCode.CHANGED_AFTER_APPROVAL: "changed after approval",
}

SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.HOURS_UNKNOWN: ("hours unknown", "bad"),
    Severity.WARNING: ("to decide", "warn"),
    Severity.NOTE: ("note", ""),
}
"""Words and colour of each."""

OWNERS: Mapping[Owner, str] = {Owner.MANAGER: "For the manager.", Owner.EMPLOYEE: "For the employee."}

RESOLUTIONS: Mapping[Resolution, str] = {
    Resolution.CORRECT: "Correct the punches.",
    Resolution.ACCEPT: "Accept it with a reason, or correct the punches.",
    Resolution.WAIT: "It goes away by itself when the person punches.",
}

GROUNDS: Mapping[Grounds, str] = {
    Grounds.SHIFT_END: "the published shift ended then",
    Grounds.SHIFT_START: "the published shift began then",
    Grounds.NO_WORK: "there is no work in it",
}

_SENTENCES: Mapping[ExceptionCode, str] = {
    ExceptionCode.MISSING_IN: "Clocked out at {at}, but not in before. Add the missing time of coming.",
    ExceptionCode.MISSING_OUT: "Clocked in at {at} and never out. Add the missing time of leaving.",
    ExceptionCode.CLOCKED_IN: "Clocked in at {at} and still at work.",
    ExceptionCode.DOUBLE_IN: "Clocked in at {at} and again at {next_in}. Add the leaving, or take one back.",
    ExceptionCode.BREAK_WITHOUT_END: "A break began and did not end. Add the missing end ({punches}).",
    ExceptionCode.BREAK_WITHOUT_START: "A break ended that had not begun. Add the missing start ({punches}).",
    ExceptionCode.BREAK_OUTSIDE_WORK: "A break at {at} while not at work. Take it back, or add the coming.",
    ExceptionCode.TRANSFER_OUTSIDE_WORK: "Moved on at {at} while not at work. Take it back, or add coming.",
    ExceptionCode.LONG_SPAN: "From {punches} is longer than anybody works. Add the punches between them.",
    ExceptionCode.EMPTY_SPAN: "In and out at {at}, in the same minute. Take both back, or add others.",
    ExceptionCode.UNSCHEDULED: "Worked from {at} without a published shift.",
    ExceptionCode.EARLY_IN: "Came {minutes} before the shift, at {at}.",
    ExceptionCode.LATE_IN: "Came {minutes} late, at {at}.",
    ExceptionCode.LATE_OUT: "Left {minutes} after the shift, at {at}.",
    ExceptionCode.LONG_BREAK: "Breaks of {minutes}, where the shift has {planned}.",
    ExceptionCode.SHORT_BREAK: "Breaks of {minutes} only, where the shift has {planned}.",
    ExceptionCode.NO_BREAK: "No break, where the shift has {planned}.",
    ExceptionCode.NOT_HERE_YET: "Has a shift since {at} and is not here yet.",
    ExceptionCode.OVER_DAY: "Worked longer in a day than the law allows.",
    ExceptionCode.OVER_WEEK: "Worked longer in a week than the law allows.",
    ExceptionCode.SHORT_REST: "Had less rest than the law asks for.",
    ExceptionCode.OVER_LIMIT: "Worked where a limit of the law forbids it.",
    ExceptionCode.OUTSIDE_PLACE: "“{kind}” at {at} came from elsewhere{metres}.",
    ExceptionCode.PLACE_UNKNOWN: "“{kind}” at {at} came without a word from where.",
    ExceptionCode.EARLY_OUT: "Left {minutes} early, at {at}.",
    ExceptionCode.NO_SHOW: "Had a shift at {at} and did not come.",
    ExceptionCode.CHANGED_AFTER_APPROVAL: "A punch changed these hours after the approval on {stamp}: "
    "{before} before.",
}


def exception_words(found: TimeException, zone: str) -> str:
    """One sentence, and what would do where hours are not known; times on the zone's wall clock.

    Examples
    --------
    >>> from datetime import UTC, date
    >>> at = datetime(2026, 11, 16, 7, tzinfo=UTC)
    >>> late = TimeException(ExceptionCode.LATE_IN, date(2026, 11, 16), at, facts={"minutes": 20})
    >>> exception_words(late, "Europe/Warsaw")
    'Came 20 min late, at 08:00.'
    """
    facts: Mapping[str, Any] = found.facts
    if by_law := facts.get("findings"):
        return " ".join(f"{each['sentence']} ({each['citation']})" for each in by_law)
    metres = facts.get("metres")
    words = {
        "at": clock(found.at, zone),
        "stamp": stamp(found.at, zone),
        "punches": _punches(facts, zone),
        "next_in": _moment(facts.get("next_in_at"), zone),
        "minutes": hours(facts.get("minutes", 0)),
        "before": hours(facts.get("worked_minutes_before", 0)),
        "planned": hours(facts.get("planned_minutes", 0)),
        "kind": KINDS[PunchKind(facts["kind"])] if "kind" in facts else "",
        "metres": "" if metres is None else f", {metres} m away from the location",
    }
    return _SENTENCES[found.code].format_map(words)


def _punches(facts: Mapping[str, Any], zone: str) -> str:
    told = (
        f"{KINDS[PunchKind(each['kind'])].lower()} {_moment(each['at'], zone)}"
        for each in facts.get("punches", ())
    )
    return ", ".join(told)


def _moment(text: str | None, zone: str) -> str:
    return clock(datetime.fromisoformat(text), zone) if text else "?"
