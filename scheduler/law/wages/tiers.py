"""Which worked minutes are overtime, by day and by week; no minute is counted twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from scheduler.law.amounts import Flag
from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.wages.day_kinds import DayKinds
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.segments import Segment
from scheduler.law.wages.work import PayCase
from scheduler.law.wages.workdays import Workday

WEEK = timedelta(days=7)
Step = tuple[int, str, Provision]
"""From so many minutes on: the topic of the rate that holds, and what says so."""
OVERTIME = "overtime"
"""Stands for whichever topic of overtime the law of the place has."""


class Tiers:
    """The overtime of one person.

    Parameters
    ----------
    case, law
        Whose pay, under which law.
    days
        The working days.
    """

    def __init__(self, case: PayCase, law: PayLaw, days: Sequence[Workday]) -> None:
        self.case, self.law, self.days = case, law, days
        self.subject = case.worker.subject
        self.kinds = DayKinds(case, law)

    def of(self, segments: Sequence[Segment]) -> list[Segment]:
        """The segments, cut where overtime begins: of days first, then of weeks among what is left."""
        return self._of_weeks(self._of_days(segments))

    def _of_days(self, segments: Sequence[Segment]) -> list[Segment]:
        weeks: dict[date, set[date]] = {}
        for one in segments:
            weeks.setdefault(one.week, set()).add(self.days[one.workday].day)
        found: list[Segment] = []
        for place, pieces in groupby(segments, key=lambda one: one.workday):
            day = self.days[place]
            mine = list(pieces)
            worked = weeks[mine[0].week]
            seventh = len(worked) == 7 and day.day == max(worked)
            found += self._stepped(mine, 0, self._day_steps(day, seventh=seventh))
        return found

    def _day_steps(self, day: Workday, *, seventh: bool) -> list[Step]:
        law, subject = self.law, self.subject
        from_here = law.of("overtime_day_from", subject, day.day)
        if from_here is None:
            return []
        limit = minutes_in(from_here.value)
        if seventh and (rate := law.of("seventh_day_factor", subject, day.day)):
            return [(0, "seventh_day_factor", rate), (limit, "seventh_day_factor_long", rate)]
        longer = law.value("overtime_day_scheduled", Flag, subject, day.day)
        if longer:
            limit = max(limit, day.planned_minutes)
        double = law.of("double_time_day_from", subject, day.day)
        agreed = law.of("agreed_day_max", subject, day.day) if self.case.worker.agreed_week else None
        if agreed is not None:
            planned = self.case.worker.agreed_week.get(day.day.weekday(), 0)
            limit, from_here = min(planned, minutes_in(agreed.value)), agreed
            if not planned:
                double = law.of("double_time_extra_day_from", subject, day.day) or double
        steps = [(limit, OVERTIME, from_here)]
        if double is not None:
            steps.append((minutes_in(double.value), "double_time_factor", double))
        return steps

    def _of_weeks(self, segments: Sequence[Segment]) -> list[Segment]:
        found: list[Segment] = []
        for week, pieces in groupby(segments, key=lambda one: one.week):
            mine = list(pieces)
            found += self._stepped(mine, self._leave_minutes(week), self._week_steps(week, mine[0]))
        return found

    def _week_steps(self, week: date, first: Segment) -> list[Step]:
        law, subject = self.law, self.subject
        last = week + WEEK - timedelta(days=1)
        from_here = law.of("overtime_week_from", subject, last)
        counted = law.name("overtime_week_counted", subject, last, "workweek")
        if from_here is None or counted != "workweek":
            return []
        limit = minutes_in(from_here.value)
        steps = [(limit, OVERTIME, from_here)]
        agreed = first.terms.weekly_minutes
        if agreed < limit and (part_time := law.of("part_time_share", subject, last)):
            steps.insert(0, (agreed, "part_time_share", part_time))
            steps.insert(1, (agreed + agreed // 10, "part_time_share_tier2", part_time))
        higher = law.of("overtime_week_from_tier2", subject, last)
        if higher is not None:
            steps.append((minutes_in(higher.value), "overtime_share_tier2", higher))
        return steps

    def _leave_minutes(self, week: date) -> int:
        """Minutes of paid leave that count towards overtime of a week."""
        counted = 0
        for leave in self.case.leave:
            if week <= leave.day < week + WEEK:
                by_law = self.law.value("overtime_leave_counts", Flag, self.subject, leave.day)
                chosen = self.case.employer.leave_counts
                counted += leave.minutes if (bool(by_law) if chosen is None else chosen) else 0
        return counted

    def _stepped(self, segments: Iterable[Segment], counted: int, steps: Sequence[Step]) -> Iterator[Segment]:
        """The segments in their order, those at the straight rate counted and cut at each step."""
        steps = sorted(steps, key=lambda step: step[0])
        limits = [limit for limit, _, _ in steps]
        for segment in segments:
            rest: Segment | None = segment
            if segment.tier is not None or not steps:
                yield segment
                continue
            while rest is not None:
                place = bisect_right(limits, counted) - 1
                room = limits[place + 1] - counted if place + 1 < len(limits) else rest.minutes
                head, rest = rest.cut(room) if rest.minutes > room else (rest, None)
                counted += head.minutes
                yield head if place < 0 else self._paid(head, steps[place])

    def _paid(self, segment: Segment, step: Step) -> Segment:
        """A piece beyond a step; at the straight rate still where the law names no rate for it."""
        _, topic, threshold = step
        rate = self.law.of(
            self._topic(segment) if topic == OVERTIME else topic, self.subject, segment.civil_day
        )
        return segment if rate is None else replace(segment, tier=rate, threshold=threshold)

    def _topic(self, segment: Segment) -> str:
        """The topic of the rate of overtime: a factor where the law has one, else a supplement."""
        day = segment.civil_day
        if self.law.of("overtime_factor", self.subject, day):
            premium = self.kinds.of(segment.civil_day).is_premium
            higher = premium and self.law.of("overtime_factor_premium_day", self.subject, day)
            return "overtime_factor_premium_day" if higher else "overtime_factor"
        when = self.law.name("overtime_tier2_when", self.subject, day, "beyond_week")
        if when == "night_or_free_day" and (segment.is_night or self.kinds.is_free(segment.free_day)):
            return "overtime_share_tier2"
        return "overtime_share"
