"""Payroll systems, the form of their files, and what was handed to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.payroll_access import link_of
from api.schemas.base import EXAMPLE_ID, Input, LongNote, Note, Output, ShortName, example
from scheduler.payroll.export_problems import ExportProblem
from scheduler.payroll.models import BatchState, MappingKind, PayrollBatch, PayrollBatchEvent, PayrollMapping
from scheduler.payroll.payroll_profile import Profile, Source
from scheduler.payroll.prepare_export import ExportPreview
from scheduler.payroll.save_profile import LONGEST_TEXT
from scheduler.payroll.targets import TargetTerms
from scheduler.payroll.totals import CodeChange

TargetCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
ProfileText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"),
]
"""A profile as YAML."""

_TERMS: dict[str, Any] = {
    "name": "DATEV of our tax adviser",
    "profile": "datev_lodas",
    "settings": {"consultant": "11038", "client": "62"},
    "same_numbers": True,
}
_PROBLEM = {
    "code": "pay_code_unmapped",
    "text": "The pay code regular (2 lines) is not mapped to one of LODAS.",
    "hint": "map it, or leave it out on purpose if the target pays it by itself",
    "link": f"/payroll/targets/{EXAMPLE_ID}",
}
_CHANGE = {
    "pay_code": "regular",
    "currency": "PLN",
    "lines": 2,
    "minutes": 960,
    "amount_cents": 64000,
    "before_minutes": 900,
    "before_cents": 60000,
}
_EVENT = {"state": "exported", "at": "2026-11-24T15:00:00Z", "actor": f"user:{EXAMPLE_ID}",
          "reason": "null unless it was rejected or superseded"}  # fmt: skip
_BATCH: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "target_id": EXAMPLE_ID,
    "number": 1,
    "state": "draft",
    "first_day": "2026-11-16",
    "last_day": "2026-11-22",
    "file_name": "lodas_11038_62_202611_1.txt",
    "media_type": "text/csv; charset=cp1252",
    "size_bytes": 310,
    "sha256": "0" * 64,
    "line_count": 2,
    "person_count": 1,
    "created_by": f"user:{EXAMPLE_ID}",
    "created_at": "2026-11-24T14:00:00Z",
}


class ProfileSent(Input):
    """A profile as YAML; see docs/payroll-file.md."""

    text: ProfileText

    model_config = ConfigDict(
        json_schema_extra=example(
            text="code: ours\ntitle: Ours\nformat: delimited\nfile_name: ours.csv\n"
            "columns:\n  - {name: Number, field: employee_number}\n  - {name: Hours, field: hours}\n"
        )
    )


class ProfileView(Output):
    """How the files of a payroll system look."""

    code: str
    title: str
    about: str
    format: str
    version: int = Field(description="0 for a profile that comes with Makina.")
    settings: dict[str, str] = Field(description="What a target has to be told once, and what each is.")
    slots: dict[str, str] = Field(description="Places of a row that a pay code can be mapped to.")
    sources: list[dict[str, str]] = Field(description="Where the form is written.")
    unverified: list[str] = Field(description="What nobody confirmed yet.")

    model_config = ConfigDict(
        json_schema_extra=example(
            code="ours", title="Ours", about="", format="delimited", version=1, settings={}, slots={},
            sources=[], unverified=[],
        )
    )  # fmt: skip

    @staticmethod
    def of(profile: Profile, version: int) -> ProfileView:
        """A profile as the API shows it."""
        sources: list[Source] = profile.sources
        return ProfileView(
            code=profile.code,
            title=profile.title,
            about=profile.about,
            format=profile.format.value,
            version=version,
            settings={name: each.says for name, each in profile.settings.items()},
            slots=dict(profile.slots),
            sources=[{"says": each.says, "where": each.where} for each in sources],
            unverified=list(profile.unverified),
        )


class ProfilePreviewView(Output):
    """The first lines of a file that a profile would make of a made-up week."""

    file_name: str
    text: str

    model_config = ConfigDict(
        json_schema_extra=example(file_name="ours.csv", text="Number,Hours\r\n17,7.92\r\n")
    )


class TargetTermsSent(Input):
    """What a target is to be."""

    name: ShortName
    profile: Annotated[str, StringConstraints(max_length=40)] = Field(description="Code of a profile.")
    settings: dict[str, Note] = Field(default_factory=dict, max_length=30)
    same_numbers: bool = Field(default=True, description="Whoever has no number there is known by ours.")

    model_config = ConfigDict(json_schema_extra=example(**_TERMS))

    def terms(self) -> TargetTerms:
        """The terms as the use case takes them."""
        return TargetTerms(self.name, self.profile, self.settings, self.same_numbers)


class NewTarget(TargetTermsSent):
    """A payroll system that lines are to be handed to."""

    code: TargetCode

    model_config = ConfigDict(json_schema_extra=example(code="tax-adviser", **_TERMS))


class TargetView(Output):
    """A payroll system that lines are handed to."""

    id: UUID
    code: str
    name: str
    profile_code: str
    settings: dict[str, str]
    same_numbers: bool
    created_at: datetime

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID, code="tax-adviser", name="DATEV of our tax adviser", profile_code="datev_lodas",
            settings={"client": "62"}, same_numbers=True, created_at="2026-11-24T14:00:00Z",
        ),
    )  # fmt: skip


class MappingSent(Input):
    """One of our names, and what the target calls it."""

    ours: Note = Field(description="Number of an employee, pay code, or code of a location.")
    theirs: dict[str, Note] = Field(
        max_length=10,
        description="employee: number, place, department, job, cost_centre, cost_unit, state; location: "
        "the same without number; pay_code: code, slot, unit, factor, or leave_out: yes.",
    )

    model_config = ConfigDict(json_schema_extra=example(ours="regular", theirs={"code": "100"}))

    def row(self) -> dict[str, str]:
        """The mapping as the use case takes it."""
        return {**self.theirs, "ours": self.ours}


class MappingsSent(Input):
    """All mappings of one kind; those there were are put away."""

    kind: MappingKind
    mappings: list[MappingSent] = Field(max_length=20_000)

    model_config = ConfigDict(
        json_schema_extra=example(kind="pay_code", mappings=[{"ours": "regular", "theirs": {"code": "100"}}])
    )


class MappingView(Output):
    """One of our names, and what the target calls it."""

    kind: MappingKind
    ours: str
    theirs: dict[str, str]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(kind="pay_code", ours="regular", theirs={"code": "100"}),
    )

    @staticmethod
    def of(mapping: PayrollMapping) -> MappingView:
        """A mapping as the API shows it."""
        return MappingView.model_validate(mapping)


class ExportProblemView(Output):
    """One thing that keeps a file from being made."""

    code: str
    text: str
    hint: str
    link: str | None = Field(description="Page on which it is put right.")

    model_config = ConfigDict(json_schema_extra=example(**_PROBLEM))

    @staticmethod
    def of(problem: ExportProblem) -> ExportProblemView:
        """A problem as the API shows it."""
        return ExportProblemView(
            code=problem.code, text=problem.text, hint=problem.hint, link=link_of(problem.about)
        )


class CodeChangeView(Output):
    """What a pay code comes to, and what it came to in the periods before."""

    pay_code: str
    currency: str
    lines: int
    minutes: int
    amount_cents: int
    before_minutes: int
    before_cents: int

    model_config = ConfigDict(json_schema_extra=example(**_CHANGE))

    @staticmethod
    def of(change: CodeChange) -> CodeChangeView:
        """A change as the API shows it."""
        return CodeChangeView(
            pay_code=change.now.pay_code,
            currency=change.now.currency,
            lines=change.now.lines,
            minutes=change.now.minutes,
            amount_cents=change.now.amount_cents,
            before_minutes=change.before.minutes,
            before_cents=change.before.amount_cents,
        )


class ExportPreviewView(Output):
    """What handing over some periods would come to; nothing is stored."""

    file_name: str
    text: str = Field(description="First lines of the file; empty while a period is open.")
    problems: list[ExportProblemView]
    changes: list[CodeChangeView]

    model_config = ConfigDict(
        json_schema_extra=example(file_name="lodas.txt", text="", problems=[_PROBLEM], changes=[_CHANGE])
    )

    @staticmethod
    def of(preview: ExportPreview) -> ExportPreviewView:
        """A preview as the API shows it."""
        return ExportPreviewView(
            file_name=preview.file_name,
            text=preview.text,
            problems=[ExportProblemView.of(each) for each in preview.problems],
            changes=[CodeChangeView.of(each) for each in preview.changes],
        )


class NewBatch(Input):
    """Closed pay periods to be handed to a target in one file."""

    target_id: UUID
    pay_period_ids: list[UUID] = Field(min_length=1, max_length=500)

    model_config = ConfigDict(json_schema_extra=example(target_id=EXAMPLE_ID, pay_period_ids=[EXAMPLE_ID]))


class BatchStateSent(Input):
    """What became of a batch."""

    state: BatchState
    reason: LongNote = Field(default="", description="Needed to reject or supersede.")

    model_config = ConfigDict(json_schema_extra=example(state="superseded", reason="wrong cost centre"))


class BatchEventView(Output):
    """A state that a batch came into."""

    state: BatchState
    at: datetime
    actor: str
    reason: str | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_EVENT))


class BatchView(Output):
    """A file that was made; its bytes never change."""

    id: UUID
    target_id: UUID
    number: int
    state: BatchState
    first_day: date
    last_day: date = Field(description="Included.")
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    line_count: int
    person_count: int
    created_by: str
    created_at: datetime

    model_config = ConfigDict(json_schema_extra=example(**_BATCH))

    @staticmethod
    def of(batch: PayrollBatch, states: Mapping[UUID, BatchState]) -> BatchView:
        """A batch as the API shows it."""
        told = {name: getattr(batch, name) for name in BatchView.model_fields if name != "state"}
        return BatchView(state=states[batch.id], **told)


class BatchDetailsView(BatchView):
    """A batch with everything that became of it."""

    history: list[BatchEventView]
    totals: list[dict[str, Any]]
    pay_period_ids: list[UUID]

    model_config = ConfigDict(
        json_schema_extra=example(**_BATCH, history=[_EVENT], totals=[], pay_period_ids=[EXAMPLE_ID])
    )

    @staticmethod
    def told(
        batch: PayrollBatch, history: list[PayrollBatchEvent], pay_period_ids: list[UUID]
    ) -> BatchDetailsView:
        """A batch as the API shows it by itself."""
        return BatchDetailsView(
            **BatchView.of(batch, {batch.id: history[-1].state}).model_dump(),
            history=[BatchEventView.model_validate(each) for each in history],
            totals=batch.totals,
            pay_period_ids=pay_period_ids,
        )
