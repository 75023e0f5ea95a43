"""What one person worked, or is planned to work, as checks of law read it: planned and punched work alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import day_start, local_day, local_instant, minutes_between
from scheduler.law.pack import Enforcement, Pack, Parameter
from scheduler.law.provisions import Provision, provision, provisions
from scheduler.law.public_holidays import HolidayClass, holidays_between
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.values import ClockWindow

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A break inside a span of work.

    Parameters
    ----------
    minutes
        Length, > 0.
    paid
        Whether it is working time.
    start
        When it began, UTC; None where that is not known.
    """

    minutes: int
    paid: bool = False
    start: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSpan:
    """Work of one person from a start to an end.

    Parameters
    ----------
    start, end
        UTC, half-open.
    pauses
        Breaks in it, in order.
    rests_recorded
        Whether paid rests are among the pauses as they were taken; else nothing is said about them.
    label
        Names the shift in findings; may be empty.
    """

    start: datetime
    end: datetime
    pauses: tuple[Pause, ...] = ()
    rests_recorded: bool = False
    label: str = ""

    @property
    def minutes(self) -> int:
        """Length with breaks."""
        return minutes_between(self.start, self.end)

    @property
    def work_minutes(self) -> int:
        """Working time: the length less the unpaid breaks."""
        return self.minutes - sum(pause.minutes for pause in self.pauses if not pause.paid)

    def longest_stretch(self, block_minutes: int) -> int:
        """Longest work without a break of at least ``block_minutes``, minutes.

        Where a break has no time, the shortest that can be: breaks spread as evenly as they can be.

        Examples
        --------
        >>> from datetime import UTC
        >>> start, end = datetime(2026, 5, 4, 6, tzinfo=UTC), datetime(2026, 5, 4, 16, tzinfo=UTC)
        >>> WorkSpan(start=start, end=end, pauses=(Pause(minutes=30),)).longest_stretch(15)
        190
        """
        counted = [pause for pause in self.pauses if pause.minutes >= block_minutes]
        placed = [(pause.start, pause.minutes) for pause in counted if pause.start is not None]
        if len(placed) == len(counted):
            edges = [self.start]
            for start, minutes in sorted(placed):
                edges += [start, start + timedelta(minutes=minutes)]
            edges.append(self.end)
            return max(
                minutes_between(one, other) for one, other in zip(edges[::2], edges[1::2], strict=True)
            )
        blocks = sum(pause.minutes // max(1, block_minutes) for pause in counted)
        work = self.minutes - sum(pause.minutes for pause in counted)
        return -(-work // (blocks + 1))


@dataclass(frozen=True)
class Law:
    """The layers of law of a place; it looks each answer up once for all people alike."""

    layers: tuple[Pack, ...]
    _found: dict[tuple[object, ...], tuple[Provision, ...]] = field(default_factory=dict, compare=False)

    def checked(self, topic: str, subject: LawSubject, day: date) -> tuple[Provision, ...]:
        """What is to be checked about a topic for a person on a civil day."""
        if topic not in self.topics_checked:
            return ()
        held = self.held(topic, subject, day)
        return tuple(one for one in held if one.parameter.enforcement == Enforcement.CHECK)

    def held(self, topic: str, subject: LawSubject, day: date) -> tuple[Provision, ...]:
        """All that holds about a topic for a person on a civil day."""
        key = (
            topic, day, subject.age_on(day), subject.system, subject.hazardous_night, subject.night_worker,
            subject.sector, subject.grounds_on(day),
        )  # fmt: skip
        if key not in self._found:
            self._found[key] = provisions(self.layers, topic, subject, day)
        return self._found[key]

    def one(self, topic: str, subject: LawSubject, day: date) -> Provision | None:
        """The one value that holds about a topic, or None."""
        return provision(self.layers, topic, subject, day)

    @cached_property
    def topics_checked(self) -> frozenset[str]:
        """Topics of which something is to be checked in this place."""
        return frozenset(
            parameter.topic.id
            for parameter in self.parameters.values()
            if parameter.enforcement == Enforcement.CHECK
        )

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """All parameters of the layers by id."""
        return {one.id: one for pack in self.layers for one in pack.parameters.values()}

    def holidays(self, first: date, end: date) -> frozenset[date]:
        """Public holidays in the civil days ``[first, end)`` on which work rests."""
        key = ("holidays", first, end)
        if key not in self._holidays:
            named = holidays_between(self.layers, first, end)
            self._holidays[key] = frozenset(
                one.day for one in named if one.kind != HolidayClass.SPECIAL_WORKING
            )
        return self._holidays[key]

    @cached_property
    def _holidays(self) -> dict[tuple[object, ...], frozenset[date]]:
        return {}


@dataclass(frozen=True, kw_only=True)
class WorkRecord:
    """Everything known of the work of one person around the days that are judged.

    Parameters
    ----------
    law
        The law of the place.
    subject
        The person, as the law asks about them.
    spans
        Work by start, before, in and after the judged days.
    zone
        Time zone of the place.
    first_day, end_day
        Civil days that are judged, half-open: work that starts in them.
    name
        How findings call the person; empty takes the id.
    school_on
        Days on which the person has school; None where nobody knows.
    settlement
        Settlement periods of the employer.
    """

    law: Law
    subject: LawSubject
    spans: tuple[WorkSpan, ...]
    zone: ZoneInfo
    first_day: date
    end_day: date
    name: str = ""
    school_on: frozenset[date] | None = None
    settlement: Settlement = field(default_factory=lambda: Settlement(date(2000, 1, 1)))

    @property
    def who(self) -> str:
        """What to call the person."""
        return self.name or self.subject.id

    @cached_property
    def by_day(self) -> dict[date, list[WorkSpan]]:
        """The work that starts on each civil day, by day."""
        found: dict[date, list[WorkSpan]] = {}
        for span in self.spans:
            found.setdefault(local_day(span.start, self.zone), []).append(span)
        return found

    @cached_property
    def judged(self) -> list[tuple[date, WorkSpan]]:
        """The work that starts on the judged days, with its day."""
        days = self.by_day.items()
        return [(day, span) for day, spans in days if self.first_day <= day < self.end_day for span in spans]

    def judged_by(self, topic: str) -> Iterator[tuple[date, WorkSpan, Provision]]:
        """The work of the judged days with its day, beside each rule of a topic to check it by."""
        for day, span in self.judged:
            for found in self.law.checked(topic, self.subject, day):
                yield day, span, found

    @cached_property
    def worked_on(self) -> dict[date, list[WorkSpan]]:
        """The work that has a minute on each civil day, by day."""
        found: dict[date, list[WorkSpan]] = {}
        for day, spans in self.by_day.items():
            for span in spans:
                on = day
                while day_start(on, self.zone) < span.end:
                    found.setdefault(on, []).append(span)
                    on += DAY
        return found

    @cached_property
    def touched(self) -> list[date]:
        """The days on which work of the judged days has a minute."""
        judged = {id(span) for _, span in self.judged}
        return [day for day, spans in self.worked_on.items() if any(id(span) in judged for span in spans)]

    def minutes_on(self, first: date, end: date) -> int:
        """Working time that starts on the civil days ``[first, end)``."""
        return sum(
            span.work_minutes for day, spans in self.by_day.items() if first <= day < end for span in spans
        )

    def in_window(self, day: date, window: ClockWindow, span: WorkSpan) -> int:
        """Minutes of a span within a window of the clock that begins on a civil day."""
        start, end = (self.at(day, minute) for minute in (window.start_minute, window.end_minute))
        return max(0, minutes_between(max(start, span.start), min(end, span.end)))

    def at(self, day: date, minute: int) -> datetime:
        """The instant at some minutes of the wall clock after midnight of a civil day, maybe days after."""
        return local_instant(day, minute, self.zone)

    def weeks(self) -> list[date]:
        """The Mondays of the weeks whose end lies in the judged days, or just after them."""
        monday = self.first_day - timedelta(days=self.first_day.weekday())
        count = -(-(self.end_day - monday).days // 7)
        return [monday + timedelta(weeks=n) for n in range(count)]


def record_of(
    law: Law, subject: LawSubject, spans: Sequence[WorkSpan], zone: ZoneInfo, first_day: date, end_day: date
) -> WorkRecord:
    """A record of spans in any order."""
    ordered = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
    return WorkRecord(
        law=law, subject=subject, spans=ordered, zone=zone, first_day=first_day, end_day=end_day
    )
