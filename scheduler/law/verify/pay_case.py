"""The facts of a pay example, read into a case that pay is worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import days_between, local_day, local_instant
from scheduler.law.library import layers_of, load_own
from scheduler.law.nominal_time import counts_nominal_time, nominal_of
from scheduler.law.pack import Pack
from scheduler.law.public_holidays import HolidayClass, holidays_between
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.values import ClockWindow
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.given import ADULT, MONDAY, SAME_GROUND, ZONES, figure
from scheduler.law.wages.work import (
    Bonus,
    BonusKind,
    Employer,
    LeaveTime,
    PayCase,
    PlannedTime,
    Terms,
    WorkedTime,
    Worker,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MORNING = 8 * 60
LONGEST_DAY = 16 * 60
"""Hours without times that are more than this are put from midnight on."""
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
REST_DAY = "RD"
HOLIDAY_CODES: dict[str, tuple[HolidayClass, ...]] = {
    "ORD": (),
    "RH": (HolidayClass.REGULAR,),
    "SD": (HolidayClass.SPECIAL_NON_WORKING,),
    "DH": (HolidayClass.REGULAR, HolidayClass.REGULAR),
    "SWD": (HolidayClass.SPECIAL_WORKING,),
    "PH": (HolidayClass.PUBLIC,),
}
"""What examples call days, with the classes that fall on them."""
SALARY_COVERS = ("salary_hours", "salary_covers_hours", "hours_covered", "contract_weekly_hours")


class PayGiven:
    """What a pay example gives.

    Parameters
    ----------
    example
        The example.
    day_kind
        What its only day is, as examples call it; empty to read it from the facts.
    """

    def __init__(self, example: Example, day_kind: str = "") -> None:
        self.facts: Mapping[str, Any] = example.given
        self.law = layers_of(example.jurisdiction)[0].id
        self.own = self._agreement()
        self.layers: tuple[Pack, ...] = layers_of(self.law, (self.own,) if self.own else ())
        self.zone = ZoneInfo(str(self.facts.get("tz", ZONES.get(self.law, "UTC"))))
        self.day_kind = day_kind
        self.worked = tuple(self._worked())
        days = [one.day for one in self.worked] or [self._only_day()]
        self.first, self.last = min(days), max(days)
        self.worker = self._worker()

    def case(self) -> PayCase:
        """The case, with enough days around its own that weeks and settlement periods are over."""
        settlement = self._settlement()
        planned, leave = tuple(self._planned()), tuple(self._leave())
        begin, finish = settlement.period_of(self.first)
        other = 0
        if "schedule" in self.facts and counts_nominal_time(self.layers, self.first):
            full = nominal_of(self.layers, begin, finish, self.worker.subject.absent_on)
            other = max(0, full - sum(one.minutes for one in planned))
        alone = "holiday" in self.facts or "unexcused_absence_adjacent" in self.facts
        return PayCase(
            zone=self.zone, worker=self.worker, worked=self.worked, planned=planned, leave=leave,
            first=self.first if alone else min(begin, self.first - WEEK),
            end=self.last + DAY if alone else max(finish, self.last + WEEK + DAY),
            bonuses=tuple(self._bonuses()), employer=self._employer(settlement),
            holidays=self._holidays(), other_minutes=other,
            free_days_owed=self._owed(), sent_home_on=self._sent_home(), unexcused_on=self._unexcused(),
        )  # fmt: skip

    def money(self, name: str) -> Fraction:
        """An amount, exact."""
        return Fraction(figure(self.facts[name]))

    # --- work ---------------------------------------------------------------------------------------------

    def _worked(self) -> Iterator[WorkedTime]:
        facts = self.facts
        if facts.get("punches"):
            yield from (self._punched(one) for one in facts["punches"])
        elif "hours_by_day" in facts:
            for day, told in facts["hours_by_day"].items():
                yield from self._minutes(date.fromisoformat(day), int(figure(told) * 60))
        elif "weekly_hours" in facts:
            told = facts["weekly_hours"]
            for place, week in enumerate(told if isinstance(told, list) else [told]):
                yield from self._week(MONDAY + place * WEEK, int(figure(week) * 60))
        elif "blocks" in facts:
            yield from (self._block(one) for one in facts["blocks"])
        elif facts.get("worked") is not False:
            hours = facts.get("worked_hours", facts.get("hours"))
            yield from self._minutes(self._only_day(), int(figure(hours) * 60)) if hours is not None else ()

    def _punched(self, one: Mapping[str, Any]) -> WorkedTime:
        start, end = (_minute(datetime.fromisoformat(one[key]), self.zone) for key in ("in", "out"))
        breaks = tuple(
            (
                _minute(datetime.fromisoformat(first), self.zone),
                _minute(datetime.fromisoformat(last), self.zone),
            )
            for first, last in one.get("unpaid_breaks", ())
        )
        given = self.facts.get("rest_breaks_authorized", self.facts.get("rest_breaks_given"))
        due = self.facts.get("rest_breaks_required")
        return WorkedTime(
            day=local_day(start, self.zone), start=start, end=end, breaks=breaks,
            rate=Fraction(figure(one["rate"])) if "rate" in one else None,
            called_back=bool(one.get("call_back")),
            rests_given=None if given is None else int(given),
            rests_due=None if due is None else int(due),
        )  # fmt: skip

    def _minutes(self, day: date, minutes: int) -> Iterator[WorkedTime]:
        if minutes:
            start = local_instant(day, MORNING if minutes <= LONGEST_DAY else 0, self.zone)
            end = start + timedelta(minutes=minutes)
            yield WorkedTime(day=day, start=start, end=end, breaks_known=False)

    def _week(self, monday: date, minutes: int) -> Iterator[WorkedTime]:
        """So many minutes, spread over the five days from Monday on."""
        each, rest = divmod(minutes, 5)
        for place in range(5):
            yield from self._minutes(monday + place * DAY, each + (place < rest))

    def _block(self, clock: list[str]) -> WorkedTime:
        day = self._only_day()
        start, end = (local_instant(day, _clock(text), self.zone) for text in clock)
        return WorkedTime(day=day, start=start, end=end if end > start else end + DAY, breaks_known=False)

    def _planned(self) -> Iterator[PlannedTime]:
        for one in self.facts.get("schedule") or ():
            edges = (one["start"], one["end"]) if isinstance(one, dict) else (one[0], one[1])
            start, end = (_minute(datetime.fromisoformat(edge), self.zone) for edge in edges)
            minutes = int((end - start).total_seconds()) // 60
            clock = _reading(edges[1]) - _reading(edges[0])
            yield PlannedTime(start=start, end=end, minutes=clock or minutes)
        hours = self.facts.get("scheduled_hours", self.facts.get("planned_hours"))
        if hours is not None:
            minutes = int(figure(hours) * 60)
            start = local_instant(self._only_day(), MORNING, self.zone)
            yield PlannedTime(start=start, end=start + timedelta(minutes=minutes), minutes=minutes)

    def _leave(self) -> Iterator[LeaveTime]:
        leave = self.facts.get("leave", self.facts.get("leave_hours"))
        if isinstance(leave, str | int | float):
            yield LeaveTime(day=self.first, minutes=int(figure(leave) * 60))
        elif isinstance(leave, dict):
            for day, hours in leave.items():
                yield LeaveTime(day=date.fromisoformat(day), minutes=int(figure(hours) * 60))

    def _bonuses(self) -> Iterator[Bonus]:
        for one in self.facts.get("bonuses") or ():
            kind = BonusKind.NONDISCRETIONARY
            if one.get("discretionary") is True:
                kind = BonusKind.DISCRETIONARY
            elif one.get("type") == "flat_sum":
                kind = BonusKind.FLAT_SUM
            on = date.fromisoformat(str(one.get("week", one.get("date", self.first))))
            weeks = sorted(date.fromisoformat(week) for week in one.get("weeks", ()))
            yield Bonus(
                on=on if not weeks else weeks[-1], amount=Fraction(figure(one["amount"])), kind=kind,
                earned_from=weeks[0] if weeks else None, earned_until=weeks[-1] + WEEK if weeks else None,
            )  # fmt: skip

    # --- the person and the employer ----------------------------------------------------------------------

    def _worker(self) -> Worker:
        facts = self.facts
        nights = facts.get("night_worker")
        rest = [date.fromisoformat(day) for day in facts.get("rest_days") or ()]
        if REST_DAY in self.day_kind:
            rest.append(self._only_day())
        agreed = facts.get("alternative_workweek")
        absent = facts.get("absent_on", facts.get("absence_days")) or ()
        subject = LawSubject(
            id="somebody", born_on=ADULT, night_worker=bool(nights),
            system=WorkingTimeSystem(str(facts.get("system", "basic"))), sector=str(facts.get("sector", "")),
            grounds=frozenset(SAME_GROUND.get(key, key) for key, value in facts.items() if value is True),
            absent_on=frozenset(date.fromisoformat(day) for day in absent),
        )  # fmt: skip
        return Worker(
            subject=subject, terms=tuple(self._terms()), permanent_nights=nights == "permanent",
            rest_days=frozenset(rest),
            agreed_week={WEEKDAYS.index(day): int(agreed["hours"]) * 60 for day in agreed["days"]}
            if agreed else {},
            daily_allowance=self.money("cola_daily") if "cola_daily" in facts else Fraction(0),
        )  # fmt: skip

    def _terms(self) -> Iterator[Terms]:
        facts, currency = self.facts, str(self.facts.get("currency", "EUR"))
        weekly = next((int(figure(facts[key]) * 60) for key in SALARY_COVERS if key in facts), 2400)
        if "rates" in facts:
            rows = sorted(facts["rates"], key=lambda row: str(row["from"]))
            starts = [date.fromisoformat(row["from"]) for row in rows]
            for place, row in enumerate(rows):
                until = starts[place + 1] if place + 1 < len(rows) else None
                yield Terms(
                    valid_from=starts[place] if place else date.min, valid_until=until, contract=str(place),
                    currency=currency, hourly=Fraction(figure(row["rate"])), weekly_minutes=weekly,
                )  # fmt: skip
            return
        hourly, monthly = None, None
        if "hourly_rate" in facts or "rate" in facts:
            hourly = Fraction(figure(facts.get("hourly_rate", facts.get("rate"))))
        elif "daily_rate" in facts:
            hourly = self.money("daily_rate") / 8
        elif "monthly_salary" in facts:
            monthly = self.money("monthly_salary")
        elif "weekly_salary" in facts:
            monthly = self.money("weekly_salary") * 52 / 12
        else:
            hourly = Fraction(0)
        yield Terms(
            valid_from=date.min, valid_until=None, contract="contract", currency=currency, hourly=hourly,
            monthly=monthly, weekly_minutes=weekly,
        )  # fmt: skip

    def _employer(self, settlement: Settlement) -> Employer:
        facts = self.facts
        weekday, _, clock = str(facts.get("workweek_start", facts.get("week_start", "MON 00:00"))).partition(
            " "
        )
        window = facts.get("night_window")
        least = self.money("minimum_wage") if "minimum_wage" in facts else None
        of_month = any(
            one.topic.id == "minimum_wage_month" for pack in self.layers for one in pack.parameters.values()
        )
        counts = facts.get("leave_counts")
        return Employer(
            week_starts_on=WEEKDAYS.index(weekday[:3].upper()), week_start_minute=_clock(clock or "00:00"),
            workday_start_minute=_clock(str(facts.get("workday_start", "00:00"))), settlement=settlement,
            night_window=ClockWindow.parse("-".join(window)) if window else None,
            leave_counts=None if counts is None else bool(counts),
            minimum_wage_hour=None if of_month else least, minimum_wage_month=least if of_month else None,
        )  # fmt: skip

    def _settlement(self) -> Settlement:
        months, _, _ = str(self.facts.get("settlement_period", "1 month")).partition(" ")
        month = str(self.facts.get("month", f"{self.first:%Y-%m}"))
        return Settlement(date.fromisoformat(f"{month}-01"), int(months) if months.isdigit() else 1)

    # --- days ---------------------------------------------------------------------------------------------

    def _only_day(self) -> date:
        told = self.facts.get("holiday", self.facts.get("date"))
        return date.fromisoformat(str(told)) if told else MONDAY

    def _holidays(self) -> dict[date, tuple[HolidayClass, ...]]:
        """The holidays that are told; else those of the calendar on the days worked or asked about."""
        told = self.facts.get("holidays")
        if isinstance(told, dict):
            return {date.fromisoformat(day): _classes(str(code)) for day, code in told.items()}
        if self.day_kind:
            return {self._only_day(): _classes(self.day_kind)}
        if "unexcused_absence_adjacent" in self.facts and "holiday" not in self.facts:
            return {self._only_day(): HOLIDAY_CODES["PH"]}
        last = max([self.last, *(local_day(one.end, self.zone) for one in self.worked)])
        found: dict[date, tuple[HolidayClass, ...]] = {}
        days = {
            day for one in self.worked for day in days_between(one.day, local_day(one.end, self.zone) + DAY)
        }
        days.add(self._only_day())
        for one in holidays_between(self.layers, self.first, last + DAY):
            if one.day in days:
                found[one.day] = (*found.get(one.day, ()), one.kind)
        return found

    def _owed(self) -> frozenset[date]:
        """Days worked for which no day off was given, where that is told."""
        told = self.facts.get("no_day_off_for", self.facts.get("free_days_owed")) or ()
        if self.facts.get("substitute_day_given") is False or self.facts.get("day_off_given") is False:
            told = [one.day.isoformat() for one in self.worked]
        return frozenset(date.fromisoformat(day) for day in told)

    def _sent_home(self) -> frozenset[date]:
        return frozenset({self._only_day()} if "scheduled_hours" in self.facts else ())

    def _unexcused(self) -> frozenset[date]:
        """Days of absence next to a holiday: all around it, where it is told that there was one."""
        absent = self.facts.get("unexcused_absence_adjacent") is True
        absent |= self.facts.get("present_or_paid_leave_previous_workday") is False
        day = self._only_day()
        return frozenset(days_between(day - WEEK, day) if absent else ())

    def _agreement(self) -> Pack | None:
        """An agreement that fixes the premium of overtime, as a pack of its own."""
        told = self.facts.get("cba_premium")
        if told is None:
            return None
        lower = layers_of(self.law)[0]
        shares = [one for one in lower.parameters.values() if one.topic.id.startswith("overtime_share")]
        shares = [one for one in shares if one.derogable]
        if not shares:
            raise NotAnswerable(f"the law of {lower.id} lets no agreement set another premium of overtime")
        percent = format((figure(told) * 100).normalize(), "f")
        lines = [
            "pack: example-agreement", "title: Agreement of the example", "adjective: agreed",
            'version: "1"', "layer: agreement", f"parents: [{lower.id}]", "consulted: 2026-11-22",
            "sources: {E: the example}", "notes: []", "not_covered: []", "parameters:",
        ]  # fmt: skip
        for one in shares:
            lines += [
                f"  {one.id.partition('.')[2]}:", f"    topic: {one.topic.id}", "    enforce: pay",
                f"    pays: [{one.pays[0]}]", f"    derogation: {one.derogable}", "    values:",
                f"      - {{from: {one.values[0].valid_from}, value: {percent} %, cite: agreement, "
                "status: confirmed, source: [E]}",
            ]  # fmt: skip
        return load_own("\n".join(lines), "example-agreement.yaml")


def _classes(code: str) -> tuple[HolidayClass, ...]:
    if code not in HOLIDAY_CODES:
        code = code.removesuffix(REST_DAY)
    if code not in HOLIDAY_CODES:
        raise NotAnswerable(f"no day is called {code!r}; known: {', '.join(HOLIDAY_CODES)}")
    return HOLIDAY_CODES[code]


def _clock(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _reading(text: str) -> int:
    """Minutes on the clock of a time, counted from a fixed day: what a schedule says, whatever clocks do."""
    at = datetime.fromisoformat(text)
    return at.toordinal() * 1440 + at.hour * 60 + at.minute


def _minute(at: datetime, zone: ZoneInfo) -> datetime:
    """The full minute of a time in UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).replace(second=0, microsecond=0)
