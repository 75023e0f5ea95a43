"""Examples of kind ``schedule_premium``: what a late change or a short rest costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from scheduler.law.library import layers_of
from scheduler.law.provisions import provision
from scheduler.law.schedule_premium import PremiumLine, ScheduleChange, change_premium, short_rest_premium
from scheduler.law.subject import LawSubject
from scheduler.law.values import DAY_MINUTES
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.rounding import UNDATED

LOST = ("cancelled_hours", "reduced_hours", "lost_hours", "hours_not_worked", "cut_hours", "on_call_hours")
ADDED = ("added_hours",)
EXEMPT = (
    "employee_requested", "employee_request", "requested_by_employee", "swap", "shift_swap", "voluntary",
    "voluntary_standby", "mutual_agreement", "written_agreement", "force_majeure", "exempt",
)  # fmt: skip
EXEMPT_REASONS = (
    "employee_request", "employee_requested", "swap", "shift_swap", "mutual_swap", "force_majeure",
    "disaster", "natural_disaster", "threat", "utility_failure", "state_of_emergency", "mutual_agreement",
)  # fmt: skip
CHANGES = {
    "cancel": "lost", "cancelled": "lost", "cut": "lost", "cut_hours": "lost", "reduce": "lost",
    "reduce_hours": "lost", "cancel_shift": "lost", "on_call_cancelled": "lost",
    "add": "added", "add_hours": "added", "add_shift": "added",
    "move": "moved", "time_change": "moved", "time_change_no_loss": "moved", "date_change_no_loss": "moved",
    "move_no_loss": "moved",
}  # fmt: skip
SOME = 8 * 60
"""Minutes of a change that an example names without its length: beyond every grace."""
SECTORS = {"us-ny-nyc": "fast_food"}
"""Of whom an example without a sector speaks, where the law of the place tells sectors apart."""


def schedule_premium_example(example: Example) -> Mapping[str, Any]:
    """The lines of pay with their total, and the codes of what is forbidden without consent."""
    if "next_start" in example.given:
        return _short_rest(example)
    lines = change_premium(
        layers_of(example.jurisdiction), _change(example.given),
        day=_day(example), rate=_decimal(example.given.get("rate", 0)), sector=_sector(example),
    )  # fmt: skip
    return _told(lines)


def _change(given: Mapping[str, Any]) -> ScheduleChange:
    added, lost, moved = _lengths(given)
    if not (added or lost or moved):
        raise NotAnswerable("no change that is known: give original and new, or hours cancelled or added")
    exempt = any(given.get(key) is True for key in EXEMPT) or given.get("reason") in EXEMPT_REASONS
    by_employee = "employee" in (given.get("initiated_by"), given.get("requested_by"))
    return ScheduleChange(
        notice_minutes=_notice(given), added_minutes=added, lost_minutes=lost, moved_minutes=moved,
        exempt=exempt or by_employee,
    )  # fmt: skip


def _notice(given: Mapping[str, Any]) -> int:
    """Minutes of notice; none where hours were lost on the day."""
    for key, minutes in (("notice_minutes", 1), ("notice_hours", 60), ("notice_days", DAY_MINUTES)):
        if key in given:
            return int(_decimal(given[key]) * minutes)
    if "hours_not_worked" in given or given.get("sent_home"):
        return 0
    raise NotAnswerable("say how much notice was given: notice_hours or notice_days")


def _lengths(given: Mapping[str, Any]) -> tuple[int, int, int]:
    """Minutes added, lost and moved."""
    if "original" in given and "new" in given:
        old, new = (_span(given[key]) for key in ("original", "new"))
        longer = (new[1] - new[0]) - (old[1] - old[0])
        moved = max(abs(new[0] - old[0]), abs(new[1] - old[1]))
        return max(0, longer), max(0, -longer), moved
    added = sum(int(_decimal(given[key]) * 60) for key in ADDED if key in given)
    added += int(given.get("added_minutes", 0))
    lost = sum(int(_decimal(given[key]) * 60) for key in LOST if key in given)
    lost += sum(int(given.get(key, 0)) for key in ("cancelled_minutes", "reduced_minutes", "lost_minutes"))
    moved = int(given.get("moved_minutes", 0))
    kind = CHANGES.get(str(given.get("change", "")))
    if "change" in given and kind is None:
        raise NotAnswerable(f"no change is called {given['change']!r}; known: {', '.join(CHANGES)}")
    if kind and not (added or lost or moved):
        return (SOME * (kind == "added"), SOME * (kind == "lost"), SOME * (kind == "moved"))
    return added, lost, moved


def _span(clock: Iterable[str]) -> tuple[int, int]:
    """Minutes of start and end; an end that is not later is on the next day."""
    start, end = (_minute(text) for text in clock)
    return start, end if end > start else end + DAY_MINUTES


def _minute(text: str) -> int:
    if "T" in text:
        at = datetime.fromisoformat(text)
        return at.toordinal() * DAY_MINUTES + at.hour * 60 + at.minute
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _short_rest(example: Example) -> Mapping[str, Any]:
    given = example.given
    end, start = (datetime.fromisoformat(given[key]) for key in ("end", "next_start"))
    rest = int((start - end).total_seconds() // 60)
    length = _decimal(given.get("next_hours", 0)) * 60
    if "next_end" in given:
        length = Decimal((datetime.fromisoformat(given["next_end"]) - start).total_seconds()) / 60
    sector = _sector(example)
    lines = short_rest_premium(
        layers_of(example.jurisdiction), rest_minutes=rest, shift_minutes=int(length),
        day=start.date(), rate=_decimal(given.get("rate", 0)), sector=sector,
    )  # fmt: skip
    subject = LawSubject(id="anybody", sector=sector)
    due = provision(layers_of(example.jurisdiction), "rest_between", subject, start.date())
    consent = given.get("written_consent", given.get("consent", False)) is True
    return _told(lines) | {"violations": [due.parameter.code] if lines and due and not consent else []}


def _told(lines: tuple[PremiumLine, ...]) -> dict[str, Any]:
    return {
        "lines": [
            {
                "code": line.code,
                "hours": f"{Decimal(line.minutes) / 60:.2f}",
                "rate": str(line.rate),
                "multiplier": str(line.multiplier.normalize()),
                "amount": str(line.amount),
            }
            for line in lines
        ],
        "total": str(sum((line.amount for line in lines), Decimal("0.00"))),
    }


def _sector(example: Example) -> str:
    pack = layers_of(example.jurisdiction)[0].id
    return str(example.given.get("sector", SECTORS.get(pack, "")))


def _day(example: Example) -> date:
    """On which day the changed shift lies; an example without dates is read as of now."""
    given = example.given
    told = given.get("date", given.get("shift_date", given.get("schedule_start", UNDATED.isoformat())))
    return date.fromisoformat(str(told)[:10])


def _decimal(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise NotAnswerable(f"{value!r} is no figure") from None
