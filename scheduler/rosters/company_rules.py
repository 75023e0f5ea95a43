"""What every roster keeps beside the law of its place, also where no law is written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from scheduler.law.pack import Opener, Pack
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.rosters.prices import CONTRACT_MINIMUM, DISLIKED, SHORT_REST, UNFAIR
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.preferences import Preferences
from solver.rules.rule import Period, Rule, Scope
from solver.rules.shift_count import ShiftCount

COMPANY = "company rule"
REST_MINUTES = 11 * 60
"""Between two shifts; where the law asks for more, it asks on top."""
AGREED_REST_MINUTES = 8 * 60
"""Between two shifts of somebody who agreed to less rest than the law of the place asks for."""
DAYS_IN_A_ROW = 6

COMPANY_RULES: tuple[Rule, ...] = (
    ContractRange(bound="maximum", name="contract_maximum", source="contract"),
    ContractRange(
        bound="minimum", name="contract_minimum", source="contract", level="soft", weight=CONTRACT_MINIMUM
    ),
    ShiftCount(maximum=1, period=Period(1), name="one_shift_a_day", source=COMPANY),
    MinRest(minutes=REST_MINUTES, name="rest_between_shifts", source=COMPANY),
    ConsecutiveDays(maximum=DAYS_IN_A_ROW, name="days_in_a_row", source=COMPANY),
    Preferences(weight=DISLIKED),
    Fairness(weight=UNFAIR),
)
"""What holds at every location, where nobody agreed to a shorter rest."""

LOOKS_BACK = timedelta(days=DAYS_IN_A_ROW)
"""How long before a roster work still matters to these rules."""

KEPT = (
    f"Kept all the same, as company rules: at least {REST_MINUTES // 60} h of rest between shifts, at most "
    f"{DAYS_IN_A_ROW} working days in a row, one shift a day, and the hours of each contract."
)
"""Said of a place without a rule pack."""


def company_rules(everybody: Sequence[str], agreed: Collection[str]) -> tuple[Rule, ...]:
    """The rules of a roster, with a shorter rest for those who agreed to less than the law asks for.

    Their rest below that of the others has a price: it is planned rather than work left open, not for
    anything less.

    Parameters
    ----------
    everybody, agreed
        Ids of employees.

    Examples
    --------
    >>> [rule.minutes for rule in company_rules(["ann", "bo"], ["bo"]) if isinstance(rule, MinRest)]
    [660, 480, 660]
    """
    if not agreed:
        return COMPANY_RULES
    others = tuple(who for who in everybody if who not in agreed)
    mine = Scope(employees=tuple(who for who in everybody if who in agreed))
    rest = next(rule for rule in COMPANY_RULES if isinstance(rule, MinRest))
    rests: list[Rule] = [
        MinRest(minutes=AGREED_REST_MINUTES, name=rest.name, source=COMPANY, scope=mine),
        MinRest(minutes=REST_MINUTES, name="rest_rather_longer", level="soft", weight=SHORT_REST, scope=mine),
    ]
    if others:
        scope = Scope(employees=others)
        rests.insert(0, MinRest(minutes=REST_MINUTES, name=rest.name, source=COMPANY, scope=scope))
    return (*(rule for rule in COMPANY_RULES if rule is not rest), *rests)


def agreed_to_less_rest(
    layers: Sequence[Pack], people: Iterable[LawSubject], days: Collection[date]
) -> tuple[str, ...]:
    """Who agreed, on all of some civil days, to less rest between two days than the law asks for."""
    return tuple(person.id for person in people if days and all(_agreed(layers, person, day) for day in days))


def _agreed(layers: Sequence[Pack], person: LawSubject, day: date) -> bool:
    """Whether a consent that opens an exception from the rest between two days holds on a day."""
    grounds = {consent.ground for consent in person.consents if consent.holds_on(day)}
    if not grounds:
        return False
    due = provision(layers, "rest_between", LawSubject(id=person.id, sector=person.sector), day)
    return due is not None and any(
        one.opened_by == Opener.CONSENT and one.ground in grounds for one in due.parameter.exceptions
    )
