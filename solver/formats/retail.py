"""The text format of multi-activity shift scheduling in retail (Qu and Curtois 2020): what each line says.

The sections are the horizon in days, from 06:00 of
the first day to 06:00 of the day after the last; the number of tasks; staff; cover for each quarter of an
hour. The rules, which are the same for every instance, are in `solver.formats.retail_problem`.

References
----------
Qu, Y. and Curtois, T. (2020), Solving the multi-activity shift scheduling problem using variable
neighbourhood search.
"""

from __future__ import annotations

from dataclasses import dataclass

from solver.formats.sections import MOST, Line, Sections, WrongField

SECTIONS = ("SECTION_HORIZON", "SECTION_TASKS", "SECTION_STAFF", "SECTION_COVER")

PERIOD = 15
"""Minutes of a period of cover."""

OPENS = 360
"""Minutes after the first midnight at which the horizon begins: 06:00."""

LONGEST_HORIZON = 366


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
    sections = Sections(text, SECTIONS)
    days = sections.number("SECTION_HORIZON", "number of days", LONGEST_HORIZON)
    tasks = sections.number("SECTION_TASKS", "number of tasks", MOST)
    staff = sections.each("SECTION_STAFF", _staff)
    cover = sections.each("SECTION_COVER", lambda line: _cover(line, days, tasks))
    sections.unique("SECTION_STAFF", [one.id for one in staff])
    where = [f"task {one.task} on day {one.start // 1440 + 1} at {clock(one.start)}" for one in cover]
    sections.unique("SECTION_COVER", where)
    sections.check()
    return Instance(days=days, tasks=tasks, staff=tuple(staff), cover=tuple(cover))


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


def _staff(line: Line) -> Staff:
    least, most = line.whole(1, "least minutes"), line.whole(2, "most minutes")
    if least > most:
        raise WrongField(str(least), f"must not be above the most minutes, {most}")
    return Staff(line.text(0, "employee"), least, most)


def _cover(line: Line, days: int, tasks: int) -> Cover:
    day = line.whole(0, "day", least=1, most=days + 1)
    period = line.text(1, "period")
    hours, _, minutes = period.partition("-")[0].partition(":")
    if not (
        hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) in range(0, 60, PERIOD)
    ):
        raise WrongField(period, "must be a quarter of an hour such as 06:15-06:30")
    start = (day - 1) * 1440 + int(hours) * 60 + int(minutes)
    if not OPENS <= start < days * 1440 + OPENS:
        raise WrongField(
            period, f"on day {day} is outside the horizon, 06:00 of day 1 to 06:00 of day {days + 1}"
        )
    least, most = line.whole(3, "least people"), line.whole(4, "most people")
    if least > most:
        raise WrongField(str(least), f"must not be above the most people, {most}")
    return Cover(start, line.whole(2, "task", least=1, most=tasks), least, most)
