"""The shift scheduling text format of T. Curtois (2014): instances as text, what each line says.

The sections are the horizon in days (day 0 is a
Monday); shifts; staff; fixed days off; requests for shifts and against them; cover. What the numbers mean as
rules is said in `solver.formats.curtois_problem`.

References
----------
Curtois, T. and Qu, R. (2014), Computational results on new staff scheduling benchmark instances.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from solver.formats.sections import Line, Sections, one_of, whole

SECTIONS = (
    "SECTION_HORIZON",
    "SECTION_SHIFTS",
    "SECTION_STAFF",
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
    "SECTION_COVER",
)

LONGEST_HORIZON = 3660
"""Days, ten years; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A kind of shift.

    Parameters
    ----------
    id
        Its name.
    minutes
        Its length, 1 to 1440.
    not_followed_by
        Ids of the shifts that may not start on the day after.
    """

    id: str
    minutes: int
    not_followed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One employee's limits, all of which are hard.

    Parameters
    ----------
    id
        Name.
    most_shifts
        The most shifts of each type in the horizon; a type that is not named has no limit.
    most_minutes, least_minutes
        Of all shifts in the horizon.
    most_days, least_days
        Length of a run of working days. A run that touches an edge of the horizon may be shorter.
    least_days_off
        Length of a run of days off; one that touches an edge may be shorter.
    most_weekends
        Weekends with a shift on the Saturday, the Sunday or both.
    days_off
        Days without a shift, from 0.
    """

    id: str
    most_shifts: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    most_days: int
    least_days: int
    least_days_off: int
    most_weekends: int
    days_off: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A shift somebody wants to have, or not to have, on a day; ``weight`` is paid if it is not granted."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people a shift wants on a day, and the prices of each one missing and each one too many."""

    day: int
    shift: str
    required: int
    under: int
    over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """What a file says, in its order.

    Parameters
    ----------
    days
        Length of the horizon; day 0 is a Monday.
    shifts, staff, on, off, cover
        The records of the sections; ``on`` and ``off`` are the requests.
    """

    days: int
    shifts: tuple[ShiftType, ...]
    staff: tuple[Staff, ...]
    on: tuple[Request, ...] = ()
    off: tuple[Request, ...] = ()
    cover: tuple[Cover, ...] = ()


def is_curtois(text: str) -> bool:
    """Whether a file looks like one of this format: the retail format has staff and cover too."""
    return any(line.strip() == "SECTION_SHIFTS" for line in text.splitlines())


def parse(text: str) -> Instance:
    """What a file says.

    Raises
    ------
    ProblemError
        With every line that makes no sense, by its number.

    Examples
    --------
    >>> instance = parse('''SECTION_HORIZON
    ... 7
    ... SECTION_SHIFTS
    ... E,480,
    ... L,480,E
    ... SECTION_STAFF
    ... ann,E=7|L=3,2400,0,5,2,2,1
    ... SECTION_DAYS_OFF
    ... ann,0,6
    ... SECTION_SHIFT_ON_REQUESTS
    ... SECTION_SHIFT_OFF_REQUESTS
    ... SECTION_COVER
    ... 0,E,1,100,1''')
    >>> instance.staff[0].days_off, instance.shifts[1].not_followed_by
    ((0, 6), ('E',))
    """
    return _Reader(text).instance()


class _Reader:
    """Reads one section after the other."""

    def __init__(self, text: str) -> None:
        self._sections = Sections(text, SECTIONS)
        self._days = self._sections.number("SECTION_HORIZON", "number of days", LONGEST_HORIZON)
        self._kinds: list[str] = []
        self._people: list[str] = []

    def instance(self) -> Instance:
        """The whole file."""
        each = self._sections.each
        shifts = each("SECTION_SHIFTS", self._shift)
        self._kinds = [shift.id for shift in shifts]
        staff = each("SECTION_STAFF", self._staff)
        self._people = [person.id for person in staff]
        self._sections.unique("SECTION_SHIFTS", self._kinds)
        self._sections.unique("SECTION_STAFF", self._people)
        off = dict(each("SECTION_DAYS_OFF", self._days_off))
        instance = Instance(
            days=self._days,
            shifts=tuple(shifts),
            staff=tuple(replace(person, days_off=off.get(person.id, ())) for person in staff),
            on=tuple(each("SECTION_SHIFT_ON_REQUESTS", self._request)),
            off=tuple(each("SECTION_SHIFT_OFF_REQUESTS", self._request)),
            cover=tuple(each("SECTION_COVER", self._cover)),
        )
        self._sections.check()
        return instance

    def _shift(self, line: Line) -> ShiftType:
        ids = [other.fields[0] for other in self._sections.lines("SECTION_SHIFTS")]
        not_next = "".join(line.fields[2:3]).split("|")
        return ShiftType(
            line.text(0, "shift"),
            line.whole(1, "length", least=1, most=1440),
            tuple(one_of(other, "shift", ids) for other in not_next if other),
        )

    def _staff(self, line: Line) -> Staff:
        caps = [cap.partition("=") for cap in "".join(line.fields[1:2]).split("|") if cap]
        return Staff(
            id=line.text(0, "employee"),
            most_shifts={one_of(k, "shift", self._kinds): whole(n, "most shifts") for k, _, n in caps},
            most_minutes=line.whole(2, "most minutes"),
            least_minutes=line.whole(3, "least minutes"),
            most_days=line.whole(4, "most days in a row", least=1),
            least_days=line.whole(5, "least days in a row"),
            least_days_off=line.whole(6, "least days off in a row"),
            most_weekends=line.whole(7, "most weekends"),
        )

    def _days_off(self, line: Line) -> tuple[str, tuple[int, ...]]:
        days = (whole(day, "day", most=self._days - 1) for day in line.fields[1:] if day)
        return line.one_of(0, "employee", self._people), tuple(days)

    def _request(self, line: Line) -> Request:
        return Request(
            line.one_of(0, "employee", self._people),
            line.whole(1, "day", most=self._days - 1),
            line.one_of(2, "shift", self._kinds),
            line.whole(3, "weight"),
        )

    def _cover(self, line: Line) -> Cover:
        return Cover(
            line.whole(0, "day", most=self._days - 1),
            line.one_of(1, "shift", self._kinds),
            line.whole(2, "people"),
            line.whole(3, "weight of a missing one"),
            line.whole(4, "weight of one too many"),
        )


def text_of(instance: Instance) -> str:
    """The instance as a file."""
    sections: tuple[tuple[object, ...], ...] = (
        (instance.days,),
        tuple(f"{s.id},{s.minutes},{'|'.join(s.not_followed_by)}" for s in instance.shifts),
        tuple(_staff_line(person) for person in instance.staff),
        tuple(",".join([p.id, *map(str, p.days_off)]) for p in instance.staff if p.days_off),
        tuple(f"{r.employee},{r.day},{r.shift},{r.weight}" for r in instance.on),
        tuple(f"{r.employee},{r.day},{r.shift},{r.weight}" for r in instance.off),
        tuple(f"{c.day},{c.shift},{c.required},{c.under},{c.over}" for c in instance.cover),
    )
    parts = zip(SECTIONS, sections, strict=True)
    return "\n".join("\n".join([name, *map(str, lines), ""]) for name, lines in parts)


def _staff_line(person: Staff) -> str:
    caps = "|".join(f"{shift}={most}" for shift, most in person.most_shifts.items())
    numbers = (
        person.most_minutes,
        person.least_minutes,
        person.most_days,
        person.least_days,
        person.least_days_off,
        person.most_weekends,
    )
    return ",".join([person.id, caps, *map(str, numbers)])
