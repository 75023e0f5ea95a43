"""What an hour is worth: agreed, as part of a salary, on average over a workweek, and by law at least."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scheduler.kernel.errors import SchedulerError
from scheduler.law.amounts import Money
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.segments import Segment, hours
from scheduler.law.wages.work import PayCase, Terms

WEEKS_OF_YEAR = 52
MONTHS_OF_YEAR = 12


def own_rate(case: PayCase, law: PayLaw, segment: Segment) -> Fraction:
    """What the hour of a piece of work is worth by itself."""
    if segment.span.rate is not None:
        return segment.span.rate
    return contract_rate(case, law, segment.terms, segment.civil_day)


def contract_rate(case: PayCase, law: PayLaw, terms: Terms, day: date) -> Fraction:
    """The hourly rate of a contract on a civil day; of a salary, as the law of the place counts it."""
    if terms.hourly is not None:
        return terms.hourly
    if terms.monthly is None:
        raise ValueError(f"contract {terms.contract} pays neither by the hour nor by the month")
    how = law.name("salary_hour", case.worker.subject, day, "weeks_of_year")
    if how == "nominal_month":
        return terms.monthly / hours(law.nominal_month(day))
    return terms.monthly * MONTHS_OF_YEAR / WEEKS_OF_YEAR / hours(terms.weekly_minutes)


def minimum_wage_hour(case: PayCase, law: PayLaw, day: date) -> Fraction:
    """The least wage of an hour, in units of the currency.

    Raises
    ------
    SchedulerError
        ``pay_law_unknown`` where no layer has one for that day; it is never taken to be 0.
    """
    found = law.value("minimum_wage_hour", Money, case.worker.subject, day)
    by_law = None if found is None else Fraction(found.amount)
    return _known(by_law, case.employer.minimum_wage_hour, "minimum_wage_hour", day)


def minimum_wage_of_month(case: PayCase, law: PayLaw, day: date) -> Fraction:
    """The least wage of a month, as `minimum_wage_hour`."""
    found = law.value("minimum_wage_month", Money, case.worker.subject, day)
    by_law = None if found is None else Fraction(found.amount)
    return _known(by_law, case.employer.minimum_wage_month, "minimum_wage_month", day)


def _known(by_law: Fraction | None, chosen: Fraction | None, topic: str, day: date) -> Fraction:
    values = [one for one in (by_law, chosen) if one is not None]
    if not values:
        raise SchedulerError("pay_law_unknown", topic=topic, on=day.isoformat())
    return max(values)
