"""The law of a place turned into rules a roster is made by and checked with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.hour_rules import average_weeks, hour_rules
from scheduler.law.library import layers_of
from scheduler.law.pack import Enforcement, NotInForce, Pack, Parameter, Status
from scheduler.law.rest_rules import rest_rules
from scheduler.law.settlement import Settlement
from scheduler.law.situation import BEFORE, Situation
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count, OneIn
from solver.rules.rule import Rule

NO_PACK = "No rule pack for {jurisdiction} yet: this roster was not checked against the law of this place."


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledLaw:
    """The rules of law for one roster.

    Parameters
    ----------
    rules
        For `solver.problem.Problem`; each is named after its parameter (``pl.daily_rest.min``) and cites
        its article.
    packs
        Version and hash of each pack used, by id; none where the place has no pack.
    notes
        Plain sentences about what was assumed and what was not checked.
    history_from
        First civil day whose work the rules look back at; the day the roster starts where they do not look
        back.
    """

    rules: tuple[Rule, ...]
    packs: dict[str, str]
    notes: tuple[str, ...]
    history_from: date


def rules_for(
    jurisdiction: str,
    first_day: date,
    end_day: date,
    *,
    employees: Sequence[LawSubject],
    settlement: Settlement | None = None,
    own: Sequence[Pack] = (),
) -> CompiledLaw:
    """The rules of law that hold for a roster, each for the people and days for which it is in force.

    Parameters
    ----------
    jurisdiction
        Rule pack id of the location; a place without a pack gives no rules and a note that says so.
    first_day, end_day
        Civil days of the roster, half-open.
    employees
        Everybody who may work in it.
    settlement
        Settlement periods of the employer; None takes calendar months, and a note says so.
    own
        The organisation's own packs, such as agreements; those that stand on the place's law hold too.

    Raises
    ------
    InvalidInput
        If a ground is claimed that no pack of the place knows, or the settlement periods are longer than
        allowed.

    Examples
    --------
    >>> week = rules_for("pl", date(2026, 11, 23), date(2026, 11, 30), employees=[LawSubject(id="ann")])
    >>> [rule.source for rule in week.rules if rule.name == "pl.daily_rest.min"]
    ['Kodeks pracy, art. 132 par. 1']
    >>> rules_for("br", date(2026, 11, 23), date(2026, 11, 30), employees=[]).notes
    ("No rule pack for 'br' yet: this roster was not checked against the law of this place.",)
    """
    layers = layers_of(jurisdiction, own)
    if not layers:
        note = NO_PACK.format(jurisdiction=repr(jurisdiction))
        return CompiledLaw(rules=(), packs={}, notes=(note,), history_from=first_day)
    periods = settlement or Settlement(date(first_day.year, 1, 1))
    situation = Situation(layers, first_day, end_day, tuple(employees), periods)
    _refuse_unknown_grounds(situation)
    _refuse_long_settlement(situation)
    rules = (*rest_rules(situation), *hour_rules(situation))
    return CompiledLaw(
        rules=rules,
        packs={pack.id: pack.fingerprint for pack in layers},
        notes=tuple(_notes(situation, rules, assumed=settlement is None)),
        history_from=_history_from(situation),
    )


def _refuse_unknown_grounds(situation: Situation) -> None:
    known = {e.ground for parameter in situation.parameters().values() for e in parameter.exceptions}
    hint = f"one of {', '.join(sorted(known))}" if known else "no ground: the law here has no exceptions"
    errors = [
        FieldError(f"employees[{person.id}].grounds", ground, "no exception has this name", hint)
        for person in situation.people
        for ground in sorted(person.grounds.union(c.ground for c in person.consents) - known)
    ]
    if errors:
        raise InvalidInput(errors)


def _refuse_long_settlement(situation: Situation) -> None:
    errors = [
        FieldError(
            "settlement.months", str(situation.settlement.months),
            f"too long for {len(who)} people", f"at most {found.value} ({found.citation})",
        )
        for found, who in situation.too_long_settlement()
    ]  # fmt: skip
    if errors:
        raise InvalidInput(errors)


def _notes(situation: Situation, rules: Sequence[Rule], *, assumed: bool) -> Iterator[str]:
    nearest = situation.layers[0]
    yield from _not_in_force(situation)
    unknown = sum(person.born_on is None for person in situation.people)
    if unknown:
        everybody = len(situation.people)
        yield f"{unknown} of {everybody} people have no date of birth and were taken to be adults."
    if assumed and situation.defined("week_anchor") is not None:
        yield (
            "Settlement periods are not known and were taken to be calendar months; weeks are counted from "
            "their first day. Say which they are among the facts of the location."
        )
    if situation.defined("nominal") is None and situation.defined("norm_week_avg") is not None:
        yield "How full working time was counted then is not written down: averages were not checked."
    yield from nearest.notes
    used = {rule.name for rule in rules}
    last = situation.end_day - timedelta(days=1)
    for parameter in situation.parameters().values():
        if parameter.id in used and parameter.on(last).status == Status.RECALLED:
            yield f"Not confirmed yet, recalled only: {_named(parameter)}."
        if parameter.enforcement == Enforcement.NONE:
            yield f"Not checked: {_named(parameter)}. {parameter.why}"
    waiting = [_named(one) for one in situation.parameters().values() if one.waits_for_a_check]
    if waiting:
        yield f"Written down but not checked yet: {'; '.join(waiting)}."
    yield from (f"Not covered: {sentence}" for sentence in nearest.not_covered)


def _named(parameter: Parameter) -> str:
    """What a parameter is and for whom, in words."""
    who = str(parameter.population)
    return parameter.label if who == "everybody" else f"{parameter.label}, {who}"


def _not_in_force(situation: Situation) -> Iterator[str]:
    """A sentence for each hard rule that has no value yet on the first day of the roster."""
    for parameter in situation.parameters().values():
        if parameter.enforcement == Enforcement.HARD:
            try:
                parameter.on(situation.first_day)
            except NotInForce as error:
                since = error.in_force_from
                yield f"Not checked, in force from {since} only: {_named(parameter)}."


def _history_from(situation: Situation) -> date:
    looks_back = [situation.first_day - BEFORE, situation.weeks()[0][0]]
    if situation.defined("week_anchor") is not None:
        looks_back.append(situation.settlement.period_of(situation.first_day)[0])
    elif situation.held_on("week_max_avg", last := situation.end_day - timedelta(days=1)):
        weeks = max(average_weeks(situation, person, last) for person in situation.people)
        looks_back.append(situation.first_day - timedelta(weeks=weeks))
    in_a_row = situation.defined("consecutive_days_max")
    if in_a_row is not None and isinstance(in_a_row.value, Count):
        looks_back.append(situation.first_day - timedelta(days=in_a_row.value.number))
    free = situation.defined("sunday_free")
    if free is not None and isinstance(free.value, OneIn):
        looks_back += [sunday - timedelta(weeks=free.value.of - 1) for sunday in situation.sundays()]
    return min(looks_back)
