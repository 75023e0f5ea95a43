"""The latest pay periods of a location, for each of its pay groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from api.pages.pay_period_view import period_address
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.organisation.models import Location
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.pay.periods import changed_periods, list_periods
from scheduler.people.models import PayGroup
from scheduler.people.pay_calendar import PayCalendars
from scheduler.people.pay_group_members import groups_in_use
from scheduler.people.pay_groups import calendars_of, find_pay_group

PERIODS_SHOWN = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """A pay period in the overview; ``period`` is None for one that nobody has closed or opened yet."""

    starts_on: date
    last_day: date
    period: PayPeriod | None
    over: bool
    changed: bool
    address: str

    @property
    def closed(self) -> bool:
        """Whether it never changes again."""
        return self.period is not None and self.period.state is PayPeriodState.CLOSED


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The periods of one location and group, the latest first; ``group`` is None for weeks from Monday."""

    location: Location
    group: PayGroup | None
    cards: list[PeriodCard]


def period_rows(session: Session, location: Location, asked: UUID | str) -> list[PeriodRow]:
    """A row for each pay group of a location: those in use now, and those with something to settle.

    Parameters
    ----------
    asked
        A group, ``none`` for people without one, or nothing for all.
    """
    today = local_day(utc_now(), zone_named(location.zone))
    present: dict[UUID | None, dict[date, PayPeriod]] = {}
    for period in list_periods(session, location.id):
        present.setdefault(period.pay_group_id, {})[period.starts_on] = period
    changed = {period.id for period in changed_periods(session, location.id)}
    in_use = groups_in_use(session, location.id, today)
    to_close = [
        key
        for key, periods in present.items()
        if key not in in_use
        and any(each.id in changed or each.state is PayPeriodState.OPEN for each in periods.values())
    ]
    rows = []
    for key in (*in_use, *to_close):
        if asked and str(key).lower() != str(asked):
            continue
        group = None if key is None else find_pay_group(session, key)
        known = present.get(key, {})
        cards = _cards(location, group, known, changed, today, stepping=key in in_use)
        rows.append(PeriodRow(location, group, cards))
    return rows


def _cards(
    location: Location,
    group: PayGroup | None,
    known: dict[date, PayPeriod],
    changed: set[UUID],
    today: date,
    *,
    stepping: bool,
) -> list[PeriodCard]:
    """The latest periods by the calendar, and older ones that changed or that nobody closed."""
    spans = dict(_latest(calendars_of(group), today)) if stepping else {}
    spans |= {
        period.starts_on: period.ends_on
        for period in known.values()
        if period.id in changed or period.starts_on in spans or not stepping
    }
    key = group.id if group else None
    cards = []
    for first in sorted(spans, reverse=True):
        period = known.get(first)
        cards.append(
            PeriodCard(
                first,
                spans[first] - DAY,
                period,
                over=spans[first] <= today,
                changed=period is not None and period.id in changed,
                address=period_address(location.id, first, key),
            )
        )
    return cards


def _latest(calendars: PayCalendars, today: date) -> list[tuple[date, date]]:
    found, day = [], today
    for _ in range(PERIODS_SHOWN):
        found.append(calendars.span(day))
        day = found[-1][0] - DAY
    return found
