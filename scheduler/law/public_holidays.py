"""Public holidays of a place: from a kept library, or from a table of our own where their classes matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import holidays

from scheduler.kernel.errors import SchedulerError
from scheduler.law.pack import Pack, Status
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.yaml_lines import Faults, PackError, Section, read_document

ANYBODY = LawSubject(id="anybody")


class HolidayClass(StrEnum):
    """What a holiday means for pay and hours."""

    PUBLIC = "public"
    """Where the law knows one class only."""
    REGULAR = "regular"
    """Philippines: paid also where it is not worked."""
    SPECIAL_NON_WORKING = "special_non_working"
    """Philippines: no work, no pay; work is paid more."""
    SPECIAL_WORKING = "special_working"
    """Philippines: an ordinary working day with a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHoliday:
    """A holiday of a place.

    Parameters
    ----------
    day
        Civil day.
    name
        In English.
    kind
        What it means for pay and hours.
    citation
        Where it is written.
    status
        Whether that was read or is recalled.
    """

    day: date
    name: str
    kind: HolidayClass
    citation: str
    status: Status


def holidays_between(layers: Sequence[Pack], first: date, end: date) -> tuple[PublicHoliday, ...]:
    """The holidays in the civil days ``[first, end)``, by day; none where the layers name no calendar.

    Two holidays can fall on one day.

    Parameters
    ----------
    layers
        Packs, nearest first.
    first, end
        Civil days, half-open.

    Raises
    ------
    SchedulerError
        ``law_holidays_unknown`` where a table of our own does not have one of the years yet.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> easter = holidays_between(layers_of("ph"), date(2026, 4, 3), date(2026, 4, 5))
    >>> [(one.name, str(one.kind)) for one in easter]
    [('Good Friday', 'regular'), ('Black Saturday', 'special_non_working')]
    """
    named = provision(layers, "holidays", ANYBODY, first)
    if named is None or first >= end:
        return ()
    country, last = str(named.value), date.fromordinal(end.toordinal() - 1)
    found: list[PublicHoliday] = []
    for year in range(first.year, last.year + 1):
        if country in TABLES:
            found += _from_table(country, year)
        else:
            found += _from_library(country, year, named.citation, named.dated.status)
    return tuple(one for one in found if first <= one.day < end)


TABLES = ("PH",)
"""Calendars with a table of our own: a library that merges their classes will not do."""


def years_of(country: str) -> list[int]:
    """The years for which a table of our own has the holidays of a country.

    Examples
    --------
    >>> years_of("PH")
    [2025, 2026]
    """
    return sorted(_table(country))


@lru_cache(maxsize=64)
def _from_library(country: str, year: int, citation: str, status: Status) -> tuple[PublicHoliday, ...]:
    named = holidays.country_holidays(country, years=year, language="en_US")
    return tuple(
        PublicHoliday(day=day, name=name, kind=HolidayClass.PUBLIC, citation=citation, status=status)
        for day, name in sorted(named.items())
    )


def _from_table(country: str, year: int) -> tuple[PublicHoliday, ...]:
    table = _table(country)
    if year not in table:
        raise SchedulerError("law_holidays_unknown", calendar=country, year=year, known=sorted(table))
    return table[year]


@cache
def _table(country: str) -> dict[int, tuple[PublicHoliday, ...]]:
    name = f"{country.lower()}.yaml"
    text = files("scheduler.law").joinpath("calendars", name).read_text(encoding="utf-8")
    return read_table(text, name)


def read_table(text: str, file: str) -> dict[int, tuple[PublicHoliday, ...]]:
    """The holidays of each year that a table has.

    Raises
    ------
    PackError
        With every fault as ``file:line: message``.
    """
    top = read_document(text, file, "the calendar")
    top.text("calendar")
    years = top.section("years")
    found: dict[int, tuple[PublicHoliday, ...]] = {}
    for name in years.names() if years else ():
        entry = years.section(name) if years else None
        if entry is not None:
            found[int(name)] = tuple(_year(entry, int(name), top.faults))
    top.close()
    if top.faults.found:
        raise PackError(top.faults.found)
    return found


def _year(section: Section, year: int, faults: Faults) -> list[PublicHoliday]:
    cite, status = section.text("cite"), section.parsed("status", Status)
    found: list[PublicHoliday] = []
    for entry in section.sections("days"):
        day, name = entry.parsed("on", date.fromisoformat), entry.text("name")
        kind = entry.parsed("class", HolidayClass)
        if day is not None and day.year != year:
            faults.add(entry.line, f"{day} is not in {year}")
        if day is not None and kind is not None and status is not None:
            found.append(PublicHoliday(day=day, name=name, kind=kind, citation=cite, status=status))
        entry.close()
    section.close()
    return sorted(found, key=lambda one: one.day)
