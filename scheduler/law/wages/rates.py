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
        ``pay_law_unknown`` where none is known for that day; it is never taken to be 0, nor that of the year
        before, nor that of a layer underneath.
    """
    return _least(case, law, "minimum_wage_hour", day, case.employer.minimum_wage_hour)


def minimum_wage_of_month(case: PayCase, law: PayLaw, day: date) -> Fraction:
    """The least wage of a month, as `minimum_wage_hour`."""
    return _least(case, law, "minimum_wage_month", day, case.employer.minimum_wage_month)


def _least(case: PayCase, law: PayLaw, topic: str, day: date, chosen: Fraction | None) -> Fraction:
    subject = case.worker.subject
    found = None if law.has_lapsed(topic, subject, day) else law.value(topic, Money, subject, day)
    values = [chosen] if chosen is not None else []
    if found is not None:
        values.append(Fraction(found.amount))
    if not values:
        raise SchedulerError("pay_law_unknown", topic=topic, on=day.isoformat())
    return max(values)
