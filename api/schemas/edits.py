"""Changing the draft of a roster by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Input, Instant, LongNote, Note, Output, example
from api.schemas.rosters import SHIFT_EXAMPLE, ShiftView
from scheduler.rosters.editing import Acceptance, Edited
from scheduler.rosters.remarks import Remark


class Edit(Input):
    """What every edit says."""

    expected_revision: Count = Field(description="`revision` of the roster as you saw it; else 409.")


class AcceptingEdit(Edit):
    """An edit that may break a rule on purpose."""

    accept_reason: LongNote | None = Field(
        default=None,
        description="Why a broken hard rule is taken into the draft; it cannot be published like that.",
    )

    def acceptance(self) -> Acceptance | None:
        """As the use case takes it."""
        return None if self.accept_reason is None else Acceptance(self.accept_reason)


class Assign(AcceptingEdit):
    """Give a shift to somebody."""

    action: Literal["assign"]
    lineage_id: UUID
    employee_id: UUID

    model_config = ConfigDict(
        json_schema_extra=example(
            action="assign", expected_revision=4, lineage_id=EXAMPLE_ID, employee_id=EXAMPLE_ID
        )
    )


class Unassign(AcceptingEdit):
    """Take a shift from whoever has it; it stays, unassigned."""

    action: Literal["unassign"]
    lineage_id: UUID

    model_config = ConfigDict(
        json_schema_extra=example(action="unassign", expected_revision=4, lineage_id=EXAMPLE_ID)
    )


class Move(AcceptingEdit):
    """Give a shift other times."""

    action: Literal["move"]
    lineage_id: UUID
    starts_at: Instant
    ends_at: Instant

    model_config = ConfigDict(
        json_schema_extra=example(
            action="move",
            expected_revision=4,
            lineage_id=EXAMPLE_ID,
            starts_at="2026-11-02T08:00:00+01:00",
            ends_at="2026-11-02T16:00:00+01:00",
        )
    )


class Add(AcceptingEdit):
    """Add a shift."""

    action: Literal["add"]
    department_id: UUID
    skill_id: UUID
    starts_at: Instant
    ends_at: Instant
    employee_id: UUID | None = Field(default=None, description="Null leaves it unassigned.")
    template_id: UUID | None = Field(default=None, description="Gives it the template's break.")
    break_minutes: Count = Field(default=0, description="Unpaid break, where there is no template.")
    pinned: bool = False
    note: Note | None = None

    model_config = ConfigDict(
        json_schema_extra=example(
            action="add",
            expected_revision=4,
            department_id=EXAMPLE_ID,
            skill_id=EXAMPLE_ID,
            starts_at="2026-11-02T08:00:00+01:00",
            ends_at="2026-11-02T16:00:00+01:00",
            break_minutes=30,
        )
    )


class Remove(AcceptingEdit):
    """Take a shift out of the draft."""

    action: Literal["remove"]
    lineage_id: UUID

    model_config = ConfigDict(
        json_schema_extra=example(action="remove", expected_revision=4, lineage_id=EXAMPLE_ID)
    )


class Pin(Edit):
    """Runs keep the shift as it is from now on, or may change it again."""

    action: Literal["pin", "unpin"]
    lineage_id: UUID

    model_config = ConfigDict(
        json_schema_extra=example(action="pin", expected_revision=4, lineage_id=EXAMPLE_ID)
    )


class Undo(Edit):
    """Take back the last edit of the draft."""

    action: Literal["undo"]

    model_config = ConfigDict(json_schema_extra=example(action="undo", expected_revision=4))


AnyEdit = Annotated[
    Assign | Unassign | Move | Add | Remove | Pin | Undo,
    Field(discriminator="action"),
]

_PART: dict[str, Any] = {"level": "soft", "rule": "fairness", "name": "hours", "cost": -12, "violations": -1}


class ScorePart(Output):
    """What one rule costs more (positive) or less in one level."""

    level: str
    rule: str
    name: str
    cost: int
    violations: int

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PART))


class EditedView(Output):
    """What an edit did."""

    revision: int = Field(description="The roster's revision from now on.")
    version_id: UUID = Field(description="The draft; a new one if the last version was published.")
    shift: ShiftView | None = Field(description="The shift as it is now; null if it was removed.")
    score_change: list[ScorePart] = Field(description="What got dearer or cheaper, per rule.")
    accepted: list[dict[str, Any]] = Field(description="Broken hard rules that were taken in for the reason.")
    remarks: list[Remark] = Field(description="What is odd about the shift although no rule forbids it.")

    model_config = ConfigDict(
        json_schema_extra=example(
            revision=5,
            version_id=EXAMPLE_ID,
            shift=SHIFT_EXAMPLE,
            score_change=[_PART],
            accepted=[],
            remarks=["outside_opening_hours"],
        )
    )

    @staticmethod
    def of(edited: Edited, remarks: Iterable[Remark]) -> EditedView:
        """An edit's outcome as the API shows it."""
        return EditedView(
            revision=edited.revision,
            version_id=edited.version.id,
            shift=None if edited.shift is None else ShiftView.of(edited.shift),
            score_change=[ScorePart.model_validate(part) for part in edited.score_change],
            accepted=list(edited.accepted),
            remarks=list(remarks),
        )
