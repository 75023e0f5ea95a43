"""A clash of pins and rules in words: who is pinned to what, and what the rules ask."""

from __future__ import annotations

from collections.abc import Sequence

from solver.explain.sentences import Speaker
from solver.problem import Employee, Pin
from solver.result import Clash
from solver.rules.rule import Rule

_TIMES = ("start", "end")


def clash_sentences(speaker: Speaker, clash: Sequence[Clash]) -> list[str]:
    """A heading, and each member of a clash in a line: pins first, by time, then rules."""
    if not clash:
        return [speaker.say("clash.unknown")]
    pins = [speaker.problem.pins[_place(each)] for each in clash if each.kind == "pin"]
    pins.sort(key=lambda pin: (speaker.problem.pinned(pin).start, pin.employee))
    rules = [_rule_words(speaker, each) for each in clash if each.kind == "rule"]
    return [speaker.say("clash"), *(pin_words(speaker, pin) for pin in pins), *dict.fromkeys(rules)]


def pin_words(speaker: Speaker, pin: Pin) -> str:
    """What is decided for whom, with its note."""
    work = speaker.problem.pinned(pin)
    told = speaker.say(f"clash.{pin.kind}", person=speaker.person(pin.employee), work=speaker.work(work))
    return speaker.cited(told, pin.note)


def asks(speaker: Speaker, rule: Rule, employee: Employee | None = None) -> str:
    """What a rule asks for, with its source.

    Parameters
    ----------
    employee
        For whom, where the rule looks at the person's own figures.
    """
    places: dict[str, object] = {"rule": speaker.rule(rule.id, rule.name)}
    bounds: list[str] = []
    for name in ("minimum", "maximum", "minutes", *_TIMES):
        value = getattr(rule, name, None)
        if isinstance(value, int):
            places[name] = (
                speaker.clock(value)
                if name in _TIMES
                else speaker.quantity(value, "minutes" if name == "minutes" else rule.unit)
            )
            bounds.append(name)
    for bound in ("minimum", "maximum"):
        limit = getattr(employee, f"{bound}_minutes", None)
        if limit is not None and getattr(rule, "bound", "") in (bound, "both"):
            places[f"contract_{bound}"] = speaker.length(limit)
            bounds.append(bound)
    asked = ["asks.any.between"] if {"minimum", "maximum"} <= set(bounds) else []
    own = [f"asks.{rule.id}.{bound}" for bound in bounds if bound in ("minimum", "maximum")]
    ids = [*asked, *own, f"asks.{rule.id}", "asks.any.maximum", "asks.any.minimum", "asks.any"]
    return speaker.cited(speaker.language.first_of(ids, places), rule.source)


def _rule_words(speaker: Speaker, clash: Clash) -> str:
    rule = _rule(speaker, clash)
    if clash.employee is None:
        return asks(speaker, rule)
    person = speaker.problem.employee_by_id[clash.employee]
    return speaker.say("asks.of", person=speaker.person(clash.employee), phrase=asks(speaker, rule, person))


def _rule(speaker: Speaker, clash: Clash) -> Rule:
    if clash.path:
        return speaker.problem.rules[_place(clash)]
    return next(rule for rule in speaker.problem.all_rules if rule.id == clash.id)


def _place(clash: Clash) -> int:
    """The number in ``pins[3]`` or ``rules[2]``."""
    return int((clash.path or clash.id).partition("[")[2].rstrip("]"))
