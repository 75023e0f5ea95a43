"""The text format of multi-activity shift scheduling in retail (Qu and Curtois 2020): what each line says.

Sections, one record a line, fields between commas, comments after ``#``: the horizon in days, from 06:00 of
the first day to 06:00 of the day after the last; the number of tasks; staff; cover for each quarter of an
hour. The rules, which are the same for every instance, are in `solver.formats.retail_problem`.

References
----------
Qu, Y. and Curtois, T. (2020), Solving the multi-activity shift scheduling problem using variable
neighbourhood search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from solver.problem import Fault, ProblemError

T = TypeVar("T")

SECTIONS = ("SECTION_HORIZON", "SECTION_TASKS", "SECTION_STAFF", "SECTION_COVER")

PERIOD = 15
"""Minutes of a period of cover."""

OPENS = 360
"""Minutes after the first midnight at which the horizon begins: 06:00."""

LONGEST_HORIZON = 366
MOST = 1_000_000
"""Of tasks, minutes and people; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Staff:
    """One employee with the least and the most minutes of work in the horizon."""

    id: str
    least_minutes: int
    most_minutes: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people are wanted on a task in a period.

    Parameters
    ----------
    start
        First minute of the period, from midnight of the first day.
    task
        1 to the number of tasks.
    least, most
        Fewer is not possible; the square of how many more is the cost.
    """

    start: int
    task: int
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """What a file says, in its order.

    Parameters
    ----------
    days
        Length of the horizon.
    tasks
        How many tasks there are.
    staff, cover
        The records of the sections. A period and task without a record wants nobody.
    """

    days: int
    tasks: int
    staff: tuple[Staff, ...]
    cover: tuple[Cover, ...]


def is_retail(text: str) -> bool:
    """Whether a file looks like one of this format."""
    return any(line.strip() == "SECTION_TASKS" for line in text.splitlines())


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
    ... SECTION_TASKS
    ... 2
    ... SECTION_STAFF
    ... # ID, MinTotalMinutes, MaxTotalMinutes
    ... ann,900,2400
    ... SECTION_COVER
    ... 1,06:00-06:15,2,1,3''')
    >>> instance.cover
    (Cover(start=360, task=2, least=1, most=3),)
    """
    return _Reader(text).instance()


def text_of(instance: Instance) -> str:
    """An instance as a file that `parse` reads.

    Examples
    --------
    >>> staff, cover = (Staff("ann", 900, 2400),), (Cover(1425, 1, 1, 2),)
    >>> print(text_of(Instance(days=7, tasks=1, staff=staff, cover=cover)))
    SECTION_HORIZON
    7
    SECTION_TASKS
    1
    SECTION_STAFF
    ann,900,2400
    SECTION_COVER
    1,23:45-00:00,1,1,2
    <BLANKLINE>
    """
    staff = [f"{one.id},{one.least_minutes},{one.most_minutes}" for one in instance.staff]
    cover = [
        f"{one.start // 1440 + 1},{clock(one.start)}-{clock(one.start + PERIOD)},"
        f"{one.task},{one.least},{one.most}"
        for one in instance.cover
    ]
    parts = ([str(instance.days)], [str(instance.tasks)], staff, cover)
    lines = [line for name, part in zip(SECTIONS, parts, strict=True) for line in (name, *part)]
    return "\n".join(lines) + "\n"


def clock(minute: int) -> str:
    """What a clock shows, ``hh:mm``."""
    return f"{minute % 1440 // 60:02}:{minute % 60:02}"


class _Wrong(Exception):
    """A field that makes no sense, with what would do."""

    def __init__(self, value: str, message: str) -> None:
        super().__init__(message)
        self.value = value
        self.message = message


Record = tuple[int, list[str]]
"""The number of a line and its fields."""


class _Reader:
    """Reads the sections and gathers what is wrong, at most one fault a line."""

    def __init__(self, text: str) -> None:
        self._faults: list[Fault] = []
        self._sections: dict[str, list[Record]] = {}
        section: list[Record] | None = None
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
            content = line.partition("#")[0].strip()
            if content in SECTIONS:
                section = self._sections.setdefault(content, [])
            elif content and section is None:
                self._faults.append(Fault(f"line {number}", content, f"is outside {', '.join(SECTIONS)}"))
            elif content and section is not None:
                section.append((number, [field.strip() for field in content.split(",")]))

    def instance(self) -> Instance:
        """The whole file."""
        days = self._number("SECTION_HORIZON", LONGEST_HORIZON)
        tasks = self._number("SECTION_TASKS", MOST)
        staff = self._all("SECTION_STAFF", _staff)
        cover = self._all("SECTION_COVER", lambda fields: _cover(fields, days, tasks))
        self._unique("SECTION_STAFF", [one.id for one in staff], "is listed twice")
        where = [f"task {one.task} on day {one.start // 1440 + 1} at {clock(one.start)}" for one in cover]
        self._unique("SECTION_COVER", where, "is wanted twice")
        if self._faults:
            raise ProblemError(self._faults)
        return Instance(days=days, tasks=tasks, staff=tuple(staff), cover=tuple(cover))

    def _number(self, section: str, most: int) -> int:
        """The one number of a section; 1 where there is none, which is told."""
        records = self._all(section, lambda fields: _whole(fields, 0, 1, most))
        if not self._sections.get(section):
            self._faults.append(Fault(section, None, "is missing; it has one number"))
        return records[0] if records else 1

    def _all(self, section: str, read: Callable[[list[str]], T]) -> list[T]:
        return list(self._read(section, read))

    def _read(self, section: str, read: Callable[[list[str]], T]) -> Iterator[T]:
        for number, fields in self._sections.get(section, ()):
            try:
                yield read(fields)
            except _Wrong as wrong:
                self._faults.append(Fault(f"line {number}", wrong.value, wrong.message))

    def _unique(self, section: str, names: list[str], message: str) -> None:
        known: set[str] = set()
        for name in names:
            if name in known:
                self._faults.append(Fault(section, name, message))
            known.add(name)


def _field(fields: list[str], place: int) -> str:
    if place >= len(fields) or not fields[place]:
        raise _Wrong(",".join(fields), f"has no field {place + 1}")
    return fields[place]


def _whole(fields: list[str], place: int, least: int, most: int) -> int:
    text = _field(fields, place)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise _Wrong(text, f"must be a whole number from {least} to {most}")
    return int(text)


def _staff(fields: list[str]) -> Staff:
    least, most = _whole(fields, 1, 0, MOST), _whole(fields, 2, 0, MOST)
    if least > most:
        raise _Wrong(fields[1], f"must not be above the most minutes, {most}")
    return Staff(_field(fields, 0), least, most)


def _cover(fields: list[str], days: int, tasks: int) -> Cover:
    day = _whole(fields, 0, 1, days + 1)
    begins = _field(fields, 1).partition("-")[0]
    hours, _, minutes = begins.partition(":")
    if not (
        hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) in range(0, 60, PERIOD)
    ):
        raise _Wrong(fields[1], "must be a quarter of an hour such as 06:15-06:30")
    start = (day - 1) * 1440 + int(hours) * 60 + int(minutes)
    if not OPENS <= start < days * 1440 + OPENS:
        raise _Wrong(
            fields[1], f"on day {day} is outside the horizon, 06:00 of day 1 to 06:00 of day {days + 1}"
        )
    least, most = _whole(fields, 3, 0, MOST), _whole(fields, 4, 0, MOST)
    if least > most:
        raise _Wrong(fields[3], f"must not be above the most people, {most}")
    return Cover(start, _whole(fields, 2, 1, tasks), least, most)
