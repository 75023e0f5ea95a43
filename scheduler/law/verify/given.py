"""The facts of a compliance example, read: who, when, under which exceptions, with which work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import days_between
from scheduler.law.breaks import break_steps
from scheduler.law.consents import Consent
from scheduler.law.library import layers_of
from scheduler.law.pack import LegalException, Opener, Pack
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.schedule_premium import SECTORS
from scheduler.law.work_record import Pause, WorkSpan

MONDAY = date(2026, 5, 4)
"""The day of an example without dates."""
ADULT = date(1990, 1, 1)
DAY = timedelta(days=1)
ZONES = {
    "eu": "Europe/Brussels", "pl": "Europe/Warsaw", "de": "Europe/Berlin", "fr": "Europe/Paris",
    "gb": "Europe/London", "ph": "Asia/Manila", "us": "America/New_York", "us-ca": "America/Los_Angeles",
    "us-ca-la": "America/Los_Angeles", "us-or": "America/Los_Angeles", "us-wa-sea": "America/Los_Angeles",
    "us-il-chi": "America/Chicago", "us-ny-nyc": "America/New_York",
}  # fmt: skip
"""Where an example without a zone is."""
OPENED_BY = {
    "agreement": Opener.AGREEMENT, "collective_agreement": Opener.AGREEMENT, "cba": Opener.AGREEMENT,
    "authorisation": Opener.AUTHORITY, "authorization": Opener.AUTHORITY, "permit": Opener.AUTHORITY,
    "consent": Opener.CONSENT, "written_consent": Opener.CONSENT, "waiver": Opener.CONSENT,
    "waived": Opener.CONSENT, "accepted": Opener.CONSENT,
}  # fmt: skip
"""Facts that open every exception of their kind."""
SAME_GROUND = {
    "opted_out": "opt_out", "opt_out_48h": "opt_out", "meal_waived": "meal_waiver",
    "second_meal_waived": "second_meal_waiver", "shift_change": "planned_shift_change",
    "planned_shift_change": "shift_change", "sunday_exempt": "sunday_branch",
}  # fmt: skip
BRANCHES = {
    **dict.fromkeys(("hospital", "care", "transport", "broadcasting"), ("rest_10h_branch",)),
    **dict.fromkeys(("agriculture", "farming"), ("rest_10h_branch", "farming", "span_11h_branch")),
    **dict.fromkeys(("hospitality", "restaurant"), ("rest_10h_branch", "hospitality", "span_11h_branch")),
    "bakery": ("bakery",),
}  # fmt: skip
"""Grounds that come with a line of business in Germany (ArbZG, s. 5(2); JArbSchG, s. 12 and 14)."""


class Given:
    """What an example gives, with the law of its place.

    Parameters
    ----------
    example
        The example.
    """

    def __init__(self, example: Example) -> None:
        self.facts: Mapping[str, Any] = example.given
        self.layers: tuple[Pack, ...] = layers_of(example.jurisdiction)
        self.law = self.layers[0].id
        self.zone = ZoneInfo(str(self.facts.get("tz", self.facts.get("zone", ZONES.get(self.law, "UTC")))))
        self.day = self._day()
        self.subject = self._subject()

    def first(self, *keys: str) -> Any:
        """The first of some facts that is there and not null."""
        return next((self.facts[key] for key in keys if self.facts.get(key) is not None), None)

    def minutes(self, *stems: str) -> int | None:
        """A length of time given as ``<stem>_minutes`` or ``<stem>_hours``; None without one.

        Raises
        ------
        NotAnswerable
            If it is no figure.
        """
        for stem in stems:
            for unit, factor in (("minutes", 1), ("hours", 60)):
                value = self.facts.get(f"{stem}_{unit}", self.facts.get(unit) if stem == "" else None)
                if value is not None and not isinstance(value, list | dict):
                    return int(figure(value) * factor)
        return None

    def elapsed_minutes(self, first: str, last: str) -> int:
        """Minutes that pass between two times that are given."""
        start, end = (self._instant(str(self.facts[key]), timedelta()) for key in (first, last))
        return int((end - start).total_seconds()) // 60

    def days(self, *keys: str) -> list[date]:
        """Civil days given as a list of dates, or of first and last days."""
        found: list[date] = []
        for one in self.first(*keys) or ():
            if isinstance(one, list | tuple):
                found += days_between(_date(one[0]), _date(one[-1]) + DAY)
            else:
                found.append(_date(one))
        return found

    def spans(self) -> list[WorkSpan]:
        """All work given as starts and ends, with its breaks, or the lawful ones where none are told."""
        given = self.first("shifts", "schedule", "worked", "punches", "spans") or ()
        single = self.first("shift")
        pairs = [*given, *([single] if single else [])]
        weeks = int(self.facts.get("weeks_before", 0))
        return [self._span(pair, timedelta(weeks=back)) for back in range(weeks, -1, -1) for pair in pairs]

    def lawful(self, start: datetime, work_minutes: int) -> tuple[Pause, ...]:
        """The least breaks due in so much work."""
        steps = break_steps(self.layers, self.subject, start.astimezone(self.zone).date())
        due = [step for step in steps if step.from_minutes <= work_minutes]
        paid = max((step.least_minutes for step in due if step.paid), default=0)
        either = max((step.least_minutes for step in due), default=0)
        pauses = (Pause(minutes=paid, paid=True) if paid else None,
                  Pause(minutes=either - paid) if either > paid else None)  # fmt: skip
        return tuple(pause for pause in pauses if pause)

    def told_breaks(self, start: datetime) -> tuple[Pause, ...] | None:
        """The breaks that are told; None where nothing is said about them."""
        rests = self.first("rest_breaks", "rest_breaks_taken", "rest_breaks_provided")
        told = self.first("breaks", "meals", "unpaid_breaks", "meal_breaks")
        total = self.minutes("break", "breaks", "meal")
        if rests is None and told is None and total is None:
            return None
        paid = any(step.paid for step in break_steps(self.layers, self.subject, self.day))
        pauses = [self._pause(one, start, paid=paid) for one in told or ()]
        if told is None and total:
            pauses.append(Pause(minutes=total, paid=paid))
        if rests is not None:
            count = len(rests) if isinstance(rests, list) else int(rests)
            pauses += [Pause(minutes=10, paid=True)] * count
        return tuple(pauses)

    @property
    def rests_told(self) -> bool:
        """Whether it is told how many paid rests there were."""
        return self.first("rest_breaks", "rest_breaks_taken", "rest_breaks_provided") is not None

    def school_on(self) -> frozenset[date] | None:
        """Days of school, where something is said about them; None else."""
        listed = self.first("school_days")
        if isinstance(listed, list):
            return frozenset(_date(one) for one in listed)
        on: set[date] = set()
        if self.facts.get("school_day") is True:
            on.add(self.day)
            if self.day.weekday() < 4:
                on.add(self.day + DAY)
        tomorrow = self.first("next_day_school", "school_next_day", "next_day_is_school_day", "school_night")
        if tomorrow is not None:
            (on.add if tomorrow else on.discard)(self.day + DAY)
        if self.facts.get("school_week") is True:
            on.add(self.day - timedelta(days=self.day.weekday()))
        told = {"school_day", "school_week"} & self.facts.keys() or tomorrow is not None
        return frozenset(on) if told else None

    def _span(self, pair: Any, back: timedelta) -> WorkSpan:
        edges = (pair["start"], pair["end"]) if isinstance(pair, dict) else (pair[0], pair[1])
        start, end = (self._instant(str(edge), back) for edge in edges)
        if end <= start:
            end += DAY
        pauses = self.told_breaks(start)
        if pauses is None:
            pauses = self.lawful(start, int((end - start).total_seconds()) // 60)
        return WorkSpan(start=start, end=end, pauses=pauses, rests_recorded=self.rests_told)

    def _pause(self, one: Any, start: datetime, *, paid: bool) -> Pause:
        if isinstance(one, dict):
            paid = bool(one.get("paid", paid))
            if "minutes" in one and "start" not in one:
                return Pause(minutes=int(one["minutes"]), paid=paid)
            one = (one["start"], one.get("end", one.get("minutes")))
        if isinstance(one, list | tuple):
            begins = self._instant(str(one[0]), timedelta(), start.astimezone(self.zone).date())
            if begins < start:
                begins += DAY
            if isinstance(one[1], int):
                return Pause(minutes=one[1], paid=paid, start=begins)
            ends = self._instant(str(one[1]), timedelta(), begins.astimezone(self.zone).date())
            return Pause(minutes=int((ends - begins).total_seconds()) // 60, paid=paid, start=begins)
        return Pause(minutes=int(figure(one)), paid=paid)

    def _instant(self, text: str, back: timedelta, day: date | None = None) -> datetime:
        if "T" not in text and " " not in text:
            text = f"{day or self.day}T{text}"
        try:
            at = datetime.fromisoformat(text) - back
        except ValueError:
            raise NotAnswerable(f"{text!r} is no time; write 2026-05-04T08:00 or 08:00") from None
        return (at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(UTC)

    def _day(self) -> date:
        told = self.first("date", "on", "day", "schedule_start", "worked_sunday", "worked_holiday")
        if told is None:
            pairs = self.first("shifts", "schedule", "worked", "punches", "spans") or ()
            starts = [str(pair["start"] if isinstance(pair, dict) else pair[0]) for pair in pairs]
            told = min((start for start in starts if "T" in start), default=None)
        return MONDAY if told is None else _date(told)

    def _subject(self) -> LawSubject:
        told = self.first("born_on", "birth_date", "date_of_birth", "born")
        age = self.first("age")
        born = _date(told) if told is not None else ADULT
        if told is None and age is not None:
            born = date(self.day.year - int(age), 1, 1)
        sector = str(self.facts.get("sector", self.facts.get("industry", SECTORS.get(self.law, ""))))
        known = {one.ground: one for one in self._exceptions()}
        return LawSubject(
            id="somebody",
            born_on=born,
            system=WorkingTimeSystem(str(self.facts.get("system", "basic"))),
            hazardous_night=bool(self.first("hazardous_night", "special_hazard", "hazard")),
            night_worker=bool(self.first("night_worker", "hazardous_night", "special_hazard")),
            sector=sector,
            grounds=frozenset(self._grounds(known, sector)),
            consents=tuple(self._consents(known)),
            absent_on=frozenset(self.days("absent_on", "leave", "absences", "leave_days", "sick_days")),
        )

    def _exceptions(self) -> list[LegalException]:
        every = (parameter for pack in self.layers for parameter in pack.parameters.values())
        return [exception for parameter in every for exception in parameter.exceptions]

    def _grounds(self, known: Mapping[str, LegalException], sector: str) -> Iterator[str]:
        """Grounds that are named, or opened by what is given."""
        named: list[str] = [str(one) for one in self.first("grounds") or ()]
        named += [str(self.facts[key]) for key in ("reason", "ground", "exception") if self.facts.get(key)]
        named += [key for key, value in self.facts.items() if value is True]
        named += list(BRANCHES.get(sector, ()))
        for name in named:
            yield from {name, SAME_GROUND.get(name, name)} & known.keys()
        for key, opener in OPENED_BY.items():
            if self.facts.get(key):
                yield from (one.ground for one in known.values() if one.opened_by == opener)

    def _consents(self, known: Mapping[str, LegalException]) -> Iterator[Consent]:
        """Consents with dates: a list of them, or one under the name of its ground."""
        told: Sequence[Mapping[str, Any]] = self.first("consents") or ()
        one = self.facts.get("opt_out")
        told = [*told, *([{"ground": "opt_out", **one}] if isinstance(one, dict) else [])]
        for each in told:
            given_on = _date(each.get("given_on", each.get("valid_from", each.get("from"))))
            withdrawn, ground = each.get("withdrawn_on"), str(each["ground"])
            until = each.get("valid_until", each.get("until"))
            days = known[ground].withdrawal_days if ground in known else 0
            yield Consent(
                ground=ground,
                given_on=given_on,
                valid_from=_date(each.get("valid_from", each.get("from", given_on.isoformat()))),
                valid_until=None if until is None else _date(until),
                withdrawn_on=None if withdrawn is None else _date(withdrawn),
                notice_days=int(each.get("notice_days", days)),
            )


def figure(value: object) -> Decimal:
    """A number of an example.

    Raises
    ------
    NotAnswerable
        If it is none.
    """
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise NotAnswerable(f"{value!r} is no figure") from None


def _date(value: object) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise NotAnswerable(f"{value!r} is no date; write 2026-05-04") from None
