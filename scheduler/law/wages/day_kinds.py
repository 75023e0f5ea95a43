"""What a day is to pay: ordinary, a rest day, a holiday of some class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.kernel.clock import local_day
from scheduler.law.public_holidays import HolidayClass
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import PayCase

OBSERVED = (HolidayClass.PUBLIC, HolidayClass.REGULAR)
"""Holidays on which nobody works as a rule."""


@dataclass(frozen=True, slots=True)
class DayKind:
    """What a civil day is for one person.

    Parameters
    ----------
    factor
        Topic of the rate that law may have for it; empty for an ordinary day.
    unworked
        Topic of the pay where nobody works on it; empty without any.
    is_holiday
        Whether it is a public holiday, special working days aside.
    is_rest
        Whether it is the person's rest day.
    """

    factor: str = ""
    unworked: str = ""
    is_holiday: bool = False
    is_rest: bool = False

    @property
    def is_premium(self) -> bool:
        """Whether it is a rest day or holiday."""
        return self.is_holiday or self.is_rest


class DayKinds:
    """What days are to one person's pay."""

    def __init__(self, case: PayCase, law: PayLaw) -> None:
        self.case, self.law = case, law
        self._planned = {local_day(one.start, case.zone) for one in case.planned}
        self._found: dict[date, DayKind] = {}

    def of(self, day: date) -> DayKind:
        """What a civil day is."""
        if day not in self._found:
            self._found[day] = self._kind(day)
        return self._found[day]

    def is_free(self, day: date) -> bool:
        """Whether it is a Sunday or holiday that is no working day by the schedule."""
        free = day.weekday() == 6 or any(one in OBSERVED for one in self.case.holidays.get(day, ()))
        return free and day not in self._planned

    def _kind(self, day: date) -> DayKind:
        classes = self.case.holidays.get(day, ())
        rest = day in self.case.worker.rest_days
        observed = sum(one in OBSERVED for one in classes)
        if observed and not self._bears_premium(day):
            return DayKind("", "", is_holiday=True, is_rest=rest)
        on_rest = "_rest_day" if rest else ""
        if observed:
            name = "double_holiday" if observed > 1 else "holiday"
            return DayKind(
                f"{name}{on_rest}_factor", f"{name}_unworked_factor", is_holiday=True, is_rest=rest
            )
        if HolidayClass.SPECIAL_NON_WORKING in classes:
            return DayKind(f"special{on_rest or '_day'}_factor", is_holiday=True, is_rest=rest)
        if rest:
            return DayKind("rest_day_factor", is_rest=True)
        return DayKind("special_working_day_factor" if classes else "")

    def _bears_premium(self, day: date) -> bool:
        which = self.law.name("holiday_premium_days", self.case.worker.subject, day, "every")
        return which == "every" or (day.month, day.day) == (5, 1)
