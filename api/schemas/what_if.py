"""A roster checked under another law beside its own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from api.compliance_filters import Filters
from api.schemas.base import Code, Day, Input, Output, example
from api.schemas.compliance import FINDING, ComplianceView, FindingView
from scheduler.law.comparison import ComparedFinding, Difference
from scheduler.law.provisions import Provision
from scheduler.law.what_if import OtherLaw
from scheduler.law.words import plain
from scheduler.rosters.what_if import WhatIf

MOST_VALUES = 20
ParameterName = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")
]
ValueText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class OtherValue(Input):
    """A parameter with another value, for all days."""

    parameter: ParameterName = Field(description="Id of a parameter, as `GET /v1/law/packs/{pack}` has it.")
    value: ValueText = Field(description="As packs write it: `12 h`, `6 days`, `22:00-06:00`, `1 in 4`.")

    model_config = ConfigDict(json_schema_extra=example(parameter="pl.daily_rest.min", value="12 h"))


class LawAsked(Input):
    """The law to check under; what is left out stays as it is."""

    jurisdiction: Code | None = Field(default=None, description="Id of a rule pack; that of the location.")
    as_on: Day | None = Field(default=None, description="The law as on this day, for all days of the roster.")
    values: list[OtherValue] = Field(default=[], max_length=MOST_VALUES)

    model_config = ConfigDict(
        json_schema_extra=example(
            jurisdiction="pl",
            as_on="2026-11-02",
            values=[{"parameter": "pl.daily_rest.min", "value": "12 h"}],
        )
    )

    def other(self, jurisdiction: str) -> OtherLaw:
        """What was asked about a location in a jurisdiction."""
        values = tuple((one.parameter, one.value) for one in self.values)
        return OtherLaw(self.jurisdiction or jurisdiction, self.as_on, values)


_ARTICLE: dict[str, Any] = {"value": "11 h", "citation": "Kodeks pracy, art. 132 par. 1"}


class ArticleView(Output):
    """What a law says, and where."""

    value: str
    citation: str

    model_config = ConfigDict(json_schema_extra=example(**_ARTICLE))

    @staticmethod
    def of(provision: Provision) -> ArticleView:
        """One that holds."""
        return ArticleView(value=plain(provision.value), citation=provision.citation)


_DIFFERENCE: dict[str, Any] = {
    "topic": "daily_rest",
    "label": "uninterrupted rest in the 24 h from each start of work",
    "now": [_ARTICLE],
    "then": [{"value": "12 h", "citation": "par. 4"}],
}


class DifferenceView(Output):
    """A question that the two laws answer differently to an adult on the first day."""

    topic: str
    label: str
    now: list[ArticleView]
    then: list[ArticleView]

    model_config = ConfigDict(json_schema_extra=example(**_DIFFERENCE))

    @staticmethod
    def of(difference: Difference) -> DifferenceView:
        """One of them."""
        return DifferenceView(
            topic=difference.topic.id,
            label=difference.topic.label,
            now=[ArticleView.of(each) for each in difference.before],
            then=[ArticleView.of(each) for each in difference.after],
        )


class ComparedView(Output):
    """What the laws find about one question in the same work; null where one finds nothing."""

    now: FindingView | None
    then: FindingView | None
    more_by: int | None = Field(
        description="By how much further from kept then; null where it cannot be said."
    )

    model_config = ConfigDict(json_schema_extra=example(now=FINDING, then=FINDING, more_by=60))

    @staticmethod
    def of(one: ComparedFinding) -> ComparedView:
        """One of them."""
        return ComparedView(
            now=FindingView.model_validate(one.now) if one.now else None,
            then=FindingView.model_validate(one.then) if one.then else None,
            more_by=one.more_by,
        )


_REPORT: dict[str, Any] = {
    "clean": True,
    "checked": True,
    "findings": [],
    "packs": {"pl": "1+0123456789ab"},
    "notes": [],
    "close": [],
}


class WhatIfView(Output):
    """A roster version under the law that holds and under another one; nothing was changed."""

    now: ComplianceView
    then: ComplianceView
    only_now: list[ComparedView]
    only_then: list[ComparedView]
    both: list[ComparedView]
    differences: list[DifferenceView]
    notes: list[str] = Field(description="Changed values that change nothing, and why.")

    model_config = ConfigDict(
        json_schema_extra=example(
            now=_REPORT,
            then=_REPORT,
            only_now=[],
            only_then=[],
            both=[],
            differences=[_DIFFERENCE],
            notes=[],
        )
    )

    @staticmethod
    def of(found: WhatIf) -> WhatIfView:
        """The whole answer."""
        return WhatIfView(
            now=ComplianceView.of(found.now, Filters()),
            then=ComplianceView.of(found.then, Filters()),
            only_now=[ComparedView.of(one) for one in found.only_now],
            only_then=[ComparedView.of(one) for one in found.only_then],
            both=[ComparedView.of(one) for one in found.both],
            differences=[DifferenceView.of(one) for one in found.differences],
            notes=list(found.notes),
        )
