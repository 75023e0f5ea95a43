"""What the law asks about a person."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.law.consents import Consent


class WorkingTimeSystem(StrEnum):
    """How the working time of a person is organised."""

    BASIC = "basic"
    EQUIVALENT = "equivalent"
    """Longer days made up for by shorter ones or days off, within the same settlement period."""
    MONITORING = "monitoring"
    """Watching over equipment, partly standing by."""
    GUARD = "guard"
    """Guarding people or property."""
    CONTINUOUS = "continuous"
    """Work that cannot stop."""
    INTERRUPTED = "interrupted"
    """Days with one long break."""
    SHORT_WEEK = "short_week"
    """Fewer, longer days a week, at the worker's own wish."""
    WEEKEND = "weekend"
    """Fridays to Sundays and holidays only, at the worker's own wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawSubject:
    """The facts about one employee that decide which rules hold.

    Parameters
    ----------
    id
        Id of the employee in the problem.
    born_on
        Date of birth; None counts as an adult, and the compiled law says so.
    system
        Working-time system agreed.
    hazardous_night
        A night worker whose work is especially dangerous or straining.
    grounds
        Names of exceptions that hold for the person, as the packs name them (``planned_shift_change``).
    absent_on
        Civil days of justified absence (leave, sickness): they lower the working time of a period.
    night_worker
        Works at night as a normal course, as the law of the place defines it.
    sector
        Line of business whose rules hold for the person, as the packs name it (``fast_food``); empty where no
        rules of a sector do.
    location, job, contract
        Codes of the location and the job role, and the kind of contract, where pay is worked out; else empty.
    consents
        Consents and opt-outs with their dates; on the days on which one holds, its ground does.
    """

    id: str
    born_on: date | None = None
    system: WorkingTimeSystem = WorkingTimeSystem.BASIC
    hazardous_night: bool = False
    grounds: frozenset[str] = frozenset()
    absent_on: frozenset[date] = frozenset()
    night_worker: bool = False
    sector: str = ""
    location: str = ""
    job: str = ""
    contract: str = ""
    consents: tuple[Consent, ...] = ()

    def grounds_on(self, day: date) -> frozenset[str]:
        """The grounds that hold on a civil day: those without dates, and those consented to."""
        return self.grounds | {consent.ground for consent in self.consents if consent.holds_on(day)}

    def age_on(self, day: date) -> int | None:
        """Completed years on a civil day.

        A person born on 29 February completes a year on 1 March where the year has no 29 February: the
        protection of the young lasts the day longer.

        Examples
        --------
        >>> LawSubject(id="ann", born_on=date(2008, 2, 29)).age_on(date(2026, 2, 28))
        17
        """
        if self.born_on is None:
            return None
        before = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before

    def turns(self, age: int) -> date:
        """The civil day from which on so many years are completed.

        Raises
        ------
        ValueError
            If the date of birth is not known.

        Examples
        --------
        >>> LawSubject(id="ann", born_on=date(2008, 2, 29)).turns(18)
        datetime.date(2026, 3, 1)
        """
        if self.born_on is None:
            raise ValueError(f"the date of birth of {self.id} is not known")
        year = self.born_on.year + age
        if (self.born_on.month, self.born_on.day) == (2, 29) and not isleap(year):
            return date(year, 3, 1)
        return self.born_on.replace(year=year)
