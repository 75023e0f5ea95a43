"""The plan of a location for a week."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Day, Input, Output, example
from scheduler.rosters.compare import Change, ChangeKind
from scheduler.rosters.models import RosterVersion, Shift, VersionState
from scheduler.rosters.remarks import Remark
from scheduler.rosters.week import CoverageCell, Week, WeekRow
from solver.violation import Level

_ROSTER: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "starts_on": "2026-11-02",
    "ends_on": "2026-11-09",
    "revision": 4,
}
SHIFT_EXAMPLE: dict[str, Any] = {
    "lineage_id": EXAMPLE_ID,
    "department_id": EXAMPLE_ID,
    "department": "Picking",
    "skill_id": EXAMPLE_ID,
    "skill": "Picking",
    "employee_id": EXAMPLE_ID,
    "employee": "Ann Nowak",
    "template_id": EXAMPLE_ID,
    "starts_at": "2026-11-02T05:00:00Z",
    "ends_at": "2026-11-02T13:00:00Z",
    "paid_minutes": 450,
    "breaks": [{"starts_at": None, "minutes": 30, "paid": False}],
    "pinned": False,
    "note": "opens the gate",
}
_VERSION: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "roster_id": EXAMPLE_ID,
    "number": 2,
    "state": "draft",
    "based_on_id": EXAMPLE_ID,
    "run_id": EXAMPLE_ID,
    "created_at": "2026-10-20T09:00:00Z",
    "created_by": f"user:{EXAMPLE_ID}",
    "published_at": "2026-10-21T09:00:00Z",
    "score": {"hard": 0, "mandatory": 0, "soft": 120, "parts": []},
    "explanation": {"status": "optimal", "open": [], "missing": [], "notes": []},
    "packs": {"pl": "1"},
    "edits": 0,
}
_COVERAGE: dict[str, Any] = {
    "department_id": EXAMPLE_ID,
    "skill_id": EXAMPLE_ID,
    "starts_at": "2026-11-02T05:00:00Z",
    "ends_at": "2026-11-02T05:15:00Z",
    "minimum": 2,
    "target": 3,
    "maximum": 5,
    "scheduled": 2,
    "missing": 0,
}
_ROW: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "employee": "Ann Nowak",
    "days": [[SHIFT_EXAMPLE], [], [], [], [], [], []],
    "leave": ["2026-11-06"],
    "planned_minutes": 450,
    "contract_minutes": 2400,
}
SCORE_CHANGE_EXAMPLE: dict[str, Any] = {
    "level": "soft",
    "rule": "preferences",
    "name": "",
    "cost": -480,
    "violations": -1,
}
_PERSON_CHANGED: dict[str, Any] = {"employee_id": EXAMPLE_ID, "name": "Ann Nowak", "paid_minutes": 480}


class NewRoster(Input):
    """A week to plan."""

    starts_on: Day = Field(description="First of its seven days.")

    model_config = ConfigDict(json_schema_extra=example(starts_on="2026-11-02"))


class RosterView(Output):
    """The plan of one location over the days [starts_on, ends_on)."""

    id: UUID
    location_id: UUID
    starts_on: date
    ends_on: date
    revision: int = Field(description="Send it as `expected_revision` with the next change.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_ROSTER))


class VersionView(Output):
    """One state of a roster: a draft, what is published, or what once was."""

    id: UUID
    roster_id: UUID
    number: int
    state: VersionState
    based_on_id: UUID | None
    run_id: UUID | None = Field(description="The run that made it; null when a person did.")
    created_at: datetime
    created_by: str
    published_at: datetime | None
    score: dict[str, Any] | None
    explanation: dict[str, Any] | None = Field(description="What is open and why, as computed with it.")
    packs: dict[str, Any] | None = Field(description="Rule packs it was made under.")
    edits: int = Field(description="Hand edits that can be undone.")

    model_config = ConfigDict(json_schema_extra=example(**_VERSION))

    @staticmethod
    def of(version: RosterVersion) -> VersionView:
        """A version as the API shows it."""
        told = {name: getattr(version, name) for name in VersionView.model_fields if name != "edits"}
        return VersionView(**told, edits=len(version.edits))


class ShiftView(Output):
    """A span of work; without an employee it is unassigned."""

    lineage_id: UUID = Field(description="Names the shift, the same from version to version.")
    department_id: UUID
    department: str
    skill_id: UUID
    skill: str
    employee_id: UUID | None
    employee: str | None
    template_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    paid_minutes: int
    breaks: list[dict[str, Any]]
    pinned: bool = Field(description="Runs keep it as it is.")
    note: str | None

    model_config = ConfigDict(json_schema_extra=example(**SHIFT_EXAMPLE))

    @staticmethod
    def of(shift: Shift) -> ShiftView:
        """A shift as the API shows it."""
        return ShiftView(
            lineage_id=shift.lineage_id,
            department_id=shift.department_id,
            department=shift.department.name,
            skill_id=shift.skill_id,
            skill=shift.skill.name,
            employee_id=shift.employee_id,
            employee=shift.employee.name if shift.employee else None,
            template_id=shift.template_id,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            paid_minutes=shift.paid_minutes,
            breaks=shift.breaks,
            pinned=shift.pinned,
            note=shift.note,
        )


class WeekRowView(Output):
    """One person's week."""

    employee_id: UUID
    employee: str
    days: list[list[ShiftView]] = Field(description="Shifts by the local day on which they start.")
    leave: list[date]
    planned_minutes: int
    contract_minutes: int | None

    model_config = ConfigDict(json_schema_extra=example(**_ROW))

    @staticmethod
    def of(row: WeekRow) -> WeekRowView:
        """A row as the API shows it."""
        return WeekRowView(
            employee_id=row.employee.id,
            employee=row.employee.name,
            days=[[ShiftView.of(shift) for shift in cell] for cell in row.cells],
            leave=sorted(row.leave),
            planned_minutes=row.planned_minutes,
            contract_minutes=row.contract_minutes,
        )


class WeekCoverageView(Output):
    """People wanted and planned in one interval."""

    department_id: UUID
    skill_id: UUID
    starts_at: datetime
    ends_at: datetime
    minimum: int
    target: int
    maximum: int | None
    scheduled: int = Field(description="The fewest who are planned at any time of the interval.")
    missing: int = Field(description="People short of the minimum.")

    model_config = ConfigDict(json_schema_extra=example(**_COVERAGE))

    @staticmethod
    def of(cell: CoverageCell) -> WeekCoverageView:
        """A cell as the API shows it."""
        return WeekCoverageView(
            department_id=cell.department.id,
            skill_id=cell.skill.id,
            starts_at=cell.starts_at,
            ends_at=cell.ends_at,
            minimum=cell.minimum,
            target=cell.target,
            maximum=cell.maximum,
            scheduled=cell.scheduled,
            missing=cell.missing,
        )


class ShiftRemarksView(Output):
    """What is odd about one shift although no rule forbids it."""

    lineage_id: UUID
    remarks: list[Remark]

    model_config = ConfigDict(json_schema_extra=example(lineage_id=EXAMPLE_ID, remarks=["on_leave"]))


class WeekView(Output):
    """Everything of a week: people by days, unassigned shifts, coverage by interval."""

    roster: RosterView
    zone: str = Field(description="Time zone its days are counted in.")
    version: VersionView | None = Field(description="Null for a week without any version yet.")
    days: list[date]
    rows: list[WeekRowView]
    open_shifts: list[ShiftView]
    coverage: list[WeekCoverageView]
    missing_minutes: int = Field(description="Person-minutes short of the minimum coverage.")
    remarks: list[ShiftRemarksView] = Field(
        description="Shifts on approved leave of whoever has them, or outside of opening hours."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            roster=_ROSTER,
            zone="Europe/Warsaw",
            version=_VERSION,
            days=["2026-11-02"],
            rows=[_ROW],
            open_shifts=[],
            coverage=[_COVERAGE],
            missing_minutes=0,
            remarks=[{"lineage_id": EXAMPLE_ID, "remarks": ["on_leave"]}],
        )
    )

    @staticmethod
    def of(week: Week) -> WeekView:
        """A week as the API shows it."""
        return WeekView(
            roster=RosterView.model_validate(week.roster),
            zone=week.location.zone,
            version=VersionView.of(week.version) if week.version else None,
            days=list(week.days),
            rows=[WeekRowView.of(row) for row in week.rows],
            open_shifts=[ShiftView.of(shift) for shift in week.open_shifts],
            coverage=[WeekCoverageView.of(cell) for cell in week.coverage],
            missing_minutes=week.missing_minutes,
            remarks=[
                ShiftRemarksView(lineage_id=lineage_id, remarks=list(remarks))
                for lineage_id, remarks in week.remarks.items()
            ],
        )


class ShiftFactsView(Output):
    """A shift as it was in one version."""

    department: str
    skill: str
    employee_id: UUID | None
    employee: str | None
    starts_at: datetime
    ends_at: datetime
    paid_minutes: int

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            department="Picking",
            skill="Picking",
            employee_id=EXAMPLE_ID,
            employee="Ann Nowak",
            starts_at="2026-11-02T05:00:00Z",
            ends_at="2026-11-02T13:00:00Z",
            paid_minutes=450,
        ),
    )


class ScoreChangeView(Output):
    """What one rule costs more, or less."""

    level: Level = Field(description="`mandatory` costs decide before `soft` ones.")
    rule: str
    name: str = Field(description="Which rule of the family; empty where there is one.")
    cost: int = Field(description="Negative where it gets better.")
    violations: int = Field(description="How many more breaches there are, or fewer if negative.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**SCORE_CHANGE_EXAMPLE))


class PersonChangedView(Output):
    """What a change of the roster is to one person."""

    employee_id: UUID
    name: str
    paid_minutes: int = Field(description="Paid minutes more, or fewer if negative.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PERSON_CHANGED))


class ComparisonView(Output):
    """What changed from one version to another, in words and figures."""

    sentences: list[str] = Field(description="The changes by time, then whether they made it better.")
    people: list[PersonChangedView] = Field(description="Everybody whose work changed.")
    score: list[ScoreChangeView] = Field(description="What the score changes by, by rule.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            sentences=[
                "Mon 2 Nov 06:00 to 14:00, Picking in Inbound goes from Bo Lis to Ann Nowak",
                "The roster is better: preferences 480 better.",
            ],
            people=[_PERSON_CHANGED],
            score=[SCORE_CHANGE_EXAMPLE],
        ),
    )


class ChangeView(Output):
    """One shift before and after; null where it was not there."""

    lineage_id: UUID
    kind: ChangeKind
    before: ShiftFactsView | None
    after: ShiftFactsView | None

    model_config = ConfigDict(
        json_schema_extra=example(
            lineage_id=EXAMPLE_ID,
            kind="reassigned",
            before={name: SHIFT_EXAMPLE[name] for name in ShiftFactsView.model_fields},
            after={name: SHIFT_EXAMPLE[name] for name in ShiftFactsView.model_fields},
        )
    )

    @staticmethod
    def of(change: Change) -> ChangeView:
        """A change as the API shows it."""
        side = change.before or change.after
        if side is None:
            raise ValueError("a change has a side")
        before, after = (
            ShiftFactsView.model_validate(each) if each else None for each in (change.before, change.after)
        )
        return ChangeView(lineage_id=side.lineage_id, kind=change.kind, before=before, after=after)
