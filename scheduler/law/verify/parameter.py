"""Examples of kind ``parameter``: values of a pack, and what is computed from them alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from scheduler.law.amounts import Money, Share
from scheduler.law.library import layers_of, packs
from scheduler.law.lookup import nearest_parameter, parameter_called
from scheduler.law.nominal_time import nominal_of
from scheduler.law.pack import NotInForce, Parameter
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.verify.example import Example, NotAnswerable

ANYBODY = LawSubject(id="anybody")
CENT = Decimal("0.01")


def parameter_example(example: Example) -> Mapping[str, Any]:
    """Full working time and night supplement of months, or the value of a named parameter on a day."""
    if any(key in example.given for key in ("parameter", "key")):
        return _named(example)
    computed = {}
    for asked, months in example.expected.items():
        compute = _BY_MONTH.get(asked)
        if compute is None or not isinstance(months, dict):
            raise NotAnswerable(f"nothing computes {asked!r} of each month")
        computed[asked] = {month: compute(example, _first_day(month)) for month in months}
    return computed


def _nominal_hours(example: Example, first: date) -> str:
    return str(Decimal(_nominal_minutes(example, first)) / 60)


def _night_supplement(example: Example, first: date) -> str:
    """Share of the minimum wage of the month, for each hour of its full working time, rounded half up."""
    layers = layers_of(example.jurisdiction)
    share = provision(layers, "night_share_of_minimum_wage", ANYBODY, first)
    if share is None or not isinstance(share.value, Share):
        raise NotAnswerable(f"no night supplement on the minimum wage in {example.jurisdiction} on {first}")
    hours = Decimal(_nominal_minutes(example, first)) / 60
    return str((_minimum_wage(example, first) * share.value.fraction / hours).quantize(CENT, ROUND_HALF_UP))


def _minimum_wage(example: Example, first: date) -> Decimal:
    if "minimum_wage" in example.given:
        return Decimal(str(example.given["minimum_wage"]))
    wage = nearest_parameter(example.jurisdiction, "minimum_wage.month").on(first).value
    if not isinstance(wage, Money):
        raise NotAnswerable(f"no minimum wage of a month in {example.jurisdiction}")
    return wage.amount


def _nominal_minutes(example: Example, first: date) -> int:
    end = (first + timedelta(days=31)).replace(day=1)
    given = example.given.get("holidays")
    free = None if given is None else frozenset(map(date.fromisoformat, given))
    return nominal_of(layers_of(example.jurisdiction), first, end, frozenset(), free=free)


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotAnswerable(f"{month!r} is no month; write 2026-01") from None


def _named(example: Example) -> Mapping[str, Any]:
    """Value, citation, status and first day of a parameter, or since when it is in force."""
    parameter = _parameter(example)
    day = example.given.get("date", example.given.get("on"))
    if not isinstance(day, str):
        raise NotAnswerable("say on which 'date' the parameter is asked for")
    try:
        dated = parameter.on(date.fromisoformat(day))
    except NotInForce as error:
        return {"error": "NotInForce", "in_force_from": error.in_force_from.isoformat()}
    told = str(dated.value)
    number = told.split(" ")[0 if told[:1].isdigit() else -1]
    return {
        "value": number if _is_number(example.expected.get("value")) else told,
        "citation": dated.citation,
        "status": str(dated.status),
        "in_force_from": dated.valid_from.isoformat(),
    }


def _parameter(example: Example) -> Parameter:
    """By its id, or by its name with or without a prefix of the jurisdiction."""
    name = str(example.given.get("parameter", example.given.get("key")))
    if any(name in pack.parameters for pack in packs().values()):
        return parameter_called(name)
    _, _, rest = name.partition(".")
    layers = layers_of(example.jurisdiction)
    known = {one.partition(".")[2] for pack in layers for one in pack.parameters}
    return nearest_parameter(example.jurisdiction, rest if rest in known else name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and value.replace(".", "", 1).isdigit())


_BY_MONTH: dict[str, Callable[[Example, date], str]] = {
    "nominal_hours": _nominal_hours,
    "night_supplement_per_hour_rounded": _night_supplement,
}
