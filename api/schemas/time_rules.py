"""What a location chose about the time worked there, and what its rounding did."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, Output, example
from scheduler.organisation.models import DayRule
from scheduler.timekeeping.attendance import Tolerances
from scheduler.timekeeping.neutrality import Effect, PersonEffect, Verdict

_TOLERANCES: dict[str, int] = {
    "early_in_minutes": 15,
    "late_in_minutes": 5,
    "early_out_minutes": 5,
    "late_out_minutes": 15,
    "break_minutes": 5,
    "not_here_minutes": 15,
    "no_show_minutes": 120,
}
_RULE: dict[str, Any] = {"starts_on": "2026-11-23", "rule": "midnight", "workday_starts_minute": 0}
_ROUNDING = {"starts_on": "2026-11-23", "policy": "nearest_15"}
_POLICY: dict[str, Any] = {
    "id": "nearest_15",
    "words": "To the nearest quarter of an hour: 08:07 is 08:00, 08:08 is 08:15.",
    "allowed": True,
}
_EFFECT: dict[str, Any] = {
    "exact_minutes": 4810,
    "counted_minutes": 4800,
    "minutes": -10,
    "helped": 12,
    "harmed": 13,
    "chance": 0.5,
    "verdict": "neutral",
}


class TolerancesDocument(Input):
    """What of the time worked nobody remarks on, minutes, 0 to 1440 each."""

    early_in_minutes: Count = Field(description="Coming so much before the published shift.")
    late_in_minutes: Count
    early_out_minutes: Count
    late_out_minutes: Count
    break_minutes: Count = Field(description="Breaks so much longer or shorter than the shift has.")
    not_here_minutes: Count = Field(description="Later than that after its start somebody is not here yet.")
    no_show_minutes: Count = Field(
        description="Later than that after its start, or once it is over, it is a no-show."
    )

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TOLERANCES))

    def tolerances(self) -> Tolerances:
        """As the use case takes them."""
        return Tolerances(**self.model_dump())


class DayRuleView(Output):
    """To which day work over midnight belongs, from a day on."""

    starts_on: date
    rule: DayRule
    workday_starts_minute: int

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_RULE))


class DayRuleSaved(Input):
    """To which day work over midnight belongs, from a day on that begins a pay period."""

    starts_on: Day = Field(description="First day of a pay period that is not closed.")
    rule: DayRule = Field(
        description="`start`, `end` or `most`: all of it to one day. `midnight`: to each day its minutes. "
        "`doba`: 24 h from each scheduled start. `workday`: 24 h from a fixed time of the clock."
    )
    workday_starts_minute: Count = Field(
        default=0, description="Minutes after midnight, 0 to 1439; for `workday` only."
    )

    model_config = ConfigDict(json_schema_extra=example(**_RULE))


class DayRulesView(Output):
    """The rules of a location about days."""

    rules: list[DayRuleView] = Field(description="The earliest first; before it work belongs to its start.")
    of_law: DayRule | None = Field(
        description="Counts days as the law of the place does; null: it is silent."
    )
    article: str | None

    model_config = ConfigDict(
        json_schema_extra=example(rules=[_RULE], of_law="doba", article="Kodeks pracy, art. 128 par. 3 pkt 1")
    )


class RoundingView(Output):
    """How time is rounded from a day on."""

    starts_on: date
    policy: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_ROUNDING))


class RoundingSaved(Input):
    """How time is rounded from a day on that begins a pay period."""

    starts_on: Day = Field(description="First day of a pay period that is not closed.")
    policy: str = Field(max_length=40, description="The id of one of the policies.")

    model_config = ConfigDict(json_schema_extra=example(**_ROUNDING))


class RoundingPolicyView(Output):
    """A way to round."""

    id: str
    words: str
    allowed: bool = Field(description="Whether the law of the location allows it today.")

    model_config = ConfigDict(json_schema_extra=example(**_POLICY))


class RoundingsView(Output):
    """How the time of a location is rounded, and what its law allows."""

    chosen: list[RoundingView] = Field(description="The earliest first; before it minutes are exact.")
    policies: list[RoundingPolicyView]
    article: str | None = Field(description="Where the law speaks of rounding; null where it is silent.")

    model_config = ConfigDict(
        json_schema_extra=example(chosen=[_ROUNDING], policies=[_POLICY], article="29 CFR 785.48(b)")
    )


class EffectView(Output):
    """What rounding did to work."""

    exact_minutes: int = Field(description="As punched, of the entries in which something was moved.")
    counted_minutes: int = Field(description="As they count.")
    minutes: int = Field(description="Given to the workers; negative where taken.")
    helped: int = Field(description="Moved punches that made more of the time worked.")
    harmed: int
    chance: float = Field(
        description="How likely so many harmful ones are if each was as likely to help as to harm."
    )
    verdict: Verdict

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_EFFECT))

    @staticmethod
    def of(effect: Effect) -> EffectView:
        """An effect."""
        return EffectView.model_validate(effect)


_PERSON: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "number": "1042",
    "name": "Ann Nowak",
    "effect": _EFFECT,
    "loses": True,
}


class PersonEffectView(Output):
    """What rounding did to the work of one person."""

    id: UUID
    number: str
    name: str
    effect: EffectView
    loses: bool = Field(description="Whether the sum is to the person's disadvantage.")

    model_config = ConfigDict(json_schema_extra=example(**_PERSON))

    @staticmethod
    def of(each: PersonEffect) -> PersonEffectView:
        """A person."""
        one = each.employee
        return PersonEffectView(
            id=one.id, number=one.number, name=one.name, effect=EffectView.of(each.effect), loses=each.loses
        )


class NeutralityView(Output):
    """Whether rounding at a location was neutral, with a page of people, who lost most first."""

    test: str = Field(description="What the verdict rests on, in words.")
    total: EffectView
    people: list[PersonEffectView]
    next: UUID | None = Field(
        default=None, description="Send it as `after` for the following people; null at the end."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            test="At least 20 moved punches ...", total=_EFFECT, people=[_PERSON], next=None
        )
    )
