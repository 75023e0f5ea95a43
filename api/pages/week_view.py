"""A week shaped for drawing: chips in a grid, the list of a day, coverage as steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from api.pages import formats
from scheduler.kernel.clock import local_day, local_minute, minutes_between
from scheduler.organisation.models import Department
from scheduler.people.models import Skill
from scheduler.rosters.models import Shift
from scheduler.rosters.remarks import Remark
from scheduler.rosters.week import CoverageCell, Week

COLOURS = 8
"""Skills are told apart by so many colours; more than that share them."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One shift as it is drawn."""

    lineage_id: UUID
    day: date
    times: str
    skill: str
    department: str
    colour: int
    pinned: bool
    person: str | None
    remarks: tuple[str, ...]
    """What is odd about it, in words."""

    @property
    def label(self) -> str:
        """What a screen reader says."""
        who = self.person or "open"
        told = (who, formats.short_day(self.day), self.times, self.skill, self.department, *self.remarks)
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Row:
    """One person's week as it is drawn."""

    employee_id: UUID
    name: str
    planned_minutes: int
    contract_minutes: int | None
    cells: tuple[tuple[Chip, ...], ...]
    leave: frozenset[date]

    @property
    def strain(self) -> str:
        """``over`` or ``under`` for somebody more than two hours off the agreed week, else nothing."""
        if self.contract_minutes is None:
            return ""
        off = self.planned_minutes - self.contract_minutes
        return "over" if off > 120 else "under" if off < -120 else ""


@dataclass(frozen=True, slots=True)
class WeekView:
    """The grid of a week, perhaps of one department only."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    open_cells: tuple[tuple[Chip, ...], ...]
    open_count: int
    shift_count: int

    @property
    def odd(self) -> list[Chip]:
        """Shifts about which something is odd, by day."""
        drawn = (cell for row in (self.open_cells, *(row.cells for row in self.rows)) for cell in row)
        return sorted(
            (chip for cell in drawn for chip in cell if chip.remarks), key=lambda chip: (chip.day, chip.times)
        )

    def open_on(self, day: date) -> int:
        """How many shifts of a day nobody has."""
        return len(self.open_cells[self.days.index(day)])

    def of_day(self, day: date) -> list[Chip]:
        """Everything on one day: open shifts first, then by time and name."""
        place = self.days.index(day)
        worked = [chip for row in self.rows for chip in row.cells[place]]
        return [*self.open_cells[place], *sorted(worked, key=lambda chip: (chip.times, chip.person or ""))]


def week_view(week: Week, department: Department | None = None) -> WeekView:
    """The grid; with a department only its shifts, its own people and whoever works there."""
    skills = sorted({shift.skill.code for shift in _all_shifts(week)})
    zone = week.location.zone

    def chips(shifts: Iterable[Shift]) -> tuple[Chip, ...]:
        kept = (each for each in shifts if department is None or each.department_id == department.id)
        return tuple(_chip(shift, zone, skills, week.remarks.get(shift.lineage_id, ())) for shift in kept)

    rows = [
        Row(
            employee_id=row.employee.id,
            name=row.employee.name,
            planned_minutes=row.planned_minutes,
            contract_minutes=row.contract_minutes,
            cells=tuple(chips(cell) for cell in row.cells),
            leave=row.leave,
        )
        for row in week.rows
        if department is None
        or row.employee.department_id == department.id
        or any(shift.department_id == department.id for cell in row.cells for shift in cell)
    ]
    unassigned = chips(week.open_shifts)
    by_day = tuple(tuple(chip for chip in unassigned if chip.day == day) for day in week.days)
    worked = sum(len(cell) for row in rows for cell in row.cells)
    return WeekView(week.days, tuple(rows), by_day, len(unassigned), worked + len(unassigned))


def _all_shifts(week: Week) -> Iterable[Shift]:
    yield from week.open_shifts
    for row in week.rows:
        for cell in row.cells:
            yield from cell


REMARKS = {Remark.ON_LEAVE: "on leave", Remark.OUTSIDE_HOURS: "outside opening hours"}
"""How remarks are said."""


def _chip(shift: Shift, zone: str, skills: Sequence[str], remarks: Iterable[Remark]) -> Chip:
    return Chip(
        lineage_id=shift.lineage_id,
        day=local_day(shift.starts_at, ZoneInfo(zone)),
        times=formats.span(shift.starts_at, shift.ends_at, zone),
        skill=shift.skill.name,
        department=shift.department.name,
        colour=skills.index(shift.skill.code) % COLOURS,
        pinned=shift.pinned,
        person=shift.employee.name if shift.employee else None,
        remarks=tuple(REMARKS[remark] for remark in remarks),
    )


@dataclass(frozen=True, slots=True)
class Need:
    """What a coverage curve is of: a skill in a department."""

    department: Department
    skill: Skill

    @property
    def key(self) -> str:
        """Names it in addresses."""
        return f"{self.department.code}:{self.skill.code}"


@dataclass(frozen=True, slots=True)
class CoverageView:
    """One day's curve of one need, and what can be chosen instead."""

    needs: tuple[Need, ...]
    need: Need
    day: date
    cells: tuple[CoverageCell, ...]
    zone: str

    @property
    def missing_minutes(self) -> int:
        """Person-minutes below the minimum on this day."""
        return sum(cell.missing * minutes_between(cell.starts_at, cell.ends_at) for cell in self.cells)

    @property
    def steps(self) -> dict[str, list[float]]:
        """Columns for the chart: hours since midnight on the wall clock, then people from there on.

        Where nobody is asked for, and at the end, everything steps down to nothing.
        """
        columns: dict[str, list[float]] = {"hours": [], "minimum": [], "target": [], "scheduled": []}

        def step(hour: float, minimum: int, target: int, scheduled: int) -> None:
            for name, value in zip(columns, (hour, minimum, target, scheduled), strict=True):
                columns[name].append(value)

        zone = ZoneInfo(self.zone)
        for cell, following in zip(self.cells, (*self.cells[1:], None), strict=True):
            step(_hour(cell.starts_at, self.day, zone), cell.minimum, cell.target, cell.scheduled)
            if following is None or following.starts_at > cell.ends_at:
                step(_hour(cell.ends_at, self.day, zone), 0, 0, 0)
        return columns


def _hour(at: datetime, day: date, zone: ZoneInfo) -> float:
    """Hours on the wall clock since the midnight with which ``day`` began; 24 and more on the days after."""
    return local_minute(at, zone) / 60 + 24 * (local_day(at, zone) - day).days


def short_by_day(week: Week, department: Department | None = None) -> dict[date, int]:
    """Person-minutes below the minimum on each day, perhaps of one department only."""
    zone = ZoneInfo(week.location.zone)
    short = dict.fromkeys(week.days, 0)
    for cell in week.coverage:
        day = local_day(cell.starts_at, zone)
        if cell.missing and day in short and (department is None or cell.department.id == department.id):
            short[day] += cell.missing * minutes_between(cell.starts_at, cell.ends_at)
    return short


def coverage_view(week: Week, day: date, key: str | None) -> CoverageView | None:
    """The curve of one need on one day; None where nobody is needed all week.

    Parameters
    ----------
    key
        As `Need.key`; None, or one that is not there, for the need with most people missing.
    """
    needs: dict[str, Need] = {}
    missing: dict[str, int] = {}
    for cell in week.coverage:
        need = Need(cell.department, cell.skill)
        needs.setdefault(need.key, need)
        missing[need.key] = missing.get(need.key, 0) + cell.missing
    if not needs:
        return None
    chosen = key if key in needs else max(missing, key=lambda each: missing[each])
    zone = ZoneInfo(week.location.zone)
    cells = tuple(
        cell
        for cell in week.coverage
        if f"{cell.department.code}:{cell.skill.code}" == chosen and local_day(cell.starts_at, zone) == day
    )
    return CoverageView(tuple(needs.values()), needs[chosen], day, cells, week.location.zone)
