"""Rule packs as the API shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from api.schemas.base import Output, example
from scheduler.law.pack import Pack
from scheduler.law.pages import rows, used_in
from scheduler.law.words import plain

_VALUE: dict[str, Any] = {
    "rule": "pl.daily_rest.min",
    "topic": "daily_rest",
    "label": "Daily rest",
    "code": "PL.DAILY_REST_11H",
    "value": "11 h",
    "words": "11 h",
    "valid_from": "2004-01-01",
    "valid_until": "2099-01-01",
    "population": "everybody",
    "enforcement": "hard",
    "used_in": ["planning", "reports of rosters", "reports of worked time"],
    "citation": "Kodeks pracy, art. 132 par. 1",
    "status": "confirmed",
}


class PackSummary(Output):
    """A rule pack."""

    id: str
    title: str
    version: str
    layer: str
    parents: list[str]
    sha256: str

    model_config = ConfigDict(
        json_schema_extra=example(
            id="pl", title="Poland", version="1", layer="country", parents=["eu"], sha256="0123"
        )
    )

    @staticmethod
    def of(pack: Pack) -> PackSummary:
        """A pack in short."""
        return PackSummary(
            id=pack.id,
            title=pack.title,
            version=str(pack.version),
            layer=str(pack.layer),
            parents=list(pack.parents),
            sha256=pack.sha256,
        )


class LawValueView(Output):
    """A dated value of a rule of law."""

    rule: str
    topic: str
    label: str
    code: str
    value: str = Field(description="As packs write it.")
    words: str = Field(description="The same in plain words.")
    valid_from: date
    valid_until: date | None = Field(description="First day after; null without end.")
    population: str
    enforcement: str
    used_in: list[str] = Field(description="Where Makina asks for it; empty for what nothing checks.")
    citation: str
    status: str = Field(description="Whether it was read in the law or is recalled.")

    model_config = ConfigDict(json_schema_extra=example(**_VALUE))


class PackView(PackSummary):
    """A rule pack with every value."""

    values: list[LawValueView]
    notes: list[str]
    not_covered: list[str]

    model_config = ConfigDict(
        json_schema_extra=example(
            id="pl",
            title="Poland",
            version="1",
            layer="country",
            parents=["eu"],
            sha256="0123",
            values=[_VALUE],
            notes=[],
            not_covered=[],
        )
    )

    @staticmethod
    def whole(pack: Pack) -> PackView:
        """A pack with everything in it."""
        values = [
            LawValueView(
                rule=parameter.id,
                topic=parameter.topic.id,
                label=parameter.label,
                code=parameter.code,
                value=str(value.value),
                words=plain(value.value),
                valid_from=value.valid_from,
                valid_until=value.valid_until,
                population=str(parameter.population),
                enforcement=str(parameter.enforcement),
                used_in=list(used_in(parameter)),
                citation=value.citation,
                status=str(value.status),
            )
            for parameter, value in rows(pack)
        ]
        short = PackSummary.of(pack).model_dump()
        return PackView(**short, values=values, notes=list(pack.notes), not_covered=list(pack.not_covered))
