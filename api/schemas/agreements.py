"""Rule packs that an organisation uploads."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Input, Output, example
from scheduler.law.save_agreement import AgreementPreview

PackText = Annotated[
    str, StringConstraints(min_length=1, max_length=150_000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
]
"""A YAML file."""


class AgreementSent(Input):
    """A rule pack as a YAML file."""

    text: PackText

    model_config = ConfigDict(json_schema_extra=example(text="pack: acme\ntitle: Works agreement of Acme\n"))


class AgreementView(Output):
    """A version of a pack."""

    id: UUID
    pack_id: str
    number: int
    title: str
    text: str
    uploaded_by: str
    uploaded_at: datetime
    withdrawn_at: datetime | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            pack_id="acme",
            number=1,
            title="Works agreement of Acme",
            text="pack: acme\n",
            uploaded_by=f"user:{EXAMPLE_ID}",
            uploaded_at="2026-11-22T09:00:00Z",
            withdrawn_at="2026-12-01T09:00:00Z",
        ),
    )


class AgreementEffect(Output):
    """What a pack changes at a location."""

    location_id: UUID
    location: str
    changes: list[str] = Field(description="A sentence for each, for an adult today.")

    model_config = ConfigDict(
        json_schema_extra=example(
            location_id=EXAMPLE_ID, location="Main warehouse", changes=["daily rest: 11 h becomes 12 h"]
        )
    )


class AgreementPreviewView(Output):
    """What keeping a pack would change."""

    pack_id: str
    title: str
    places: list[AgreementEffect]

    model_config = ConfigDict(json_schema_extra=example(pack_id="acme", title="Works agreement", places=[]))

    @staticmethod
    def of(found: AgreementPreview) -> AgreementPreviewView:
        """A preview as the API shows it."""
        return AgreementPreviewView(
            pack_id=found.pack.id,
            title=found.pack.title,
            places=[
                AgreementEffect(
                    location_id=place.location.id,
                    location=place.location.name,
                    changes=[str(each) for each in place.differences],
                )
                for place in found.places
            ],
        )
