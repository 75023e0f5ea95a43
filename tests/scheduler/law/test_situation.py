"""People whom the law does not tell apart are looked up once: everybody gets what they would alone."""

from datetime import date

import pytest

from scheduler.law.consents import Consent
from scheduler.law.library import layers_of
from scheduler.law.settlement import Settlement
from scheduler.law.situation import Situation
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.topics import COMPILED

FIRST, END = date(2026, 5, 4), date(2026, 5, 11)
MONTHS = Settlement(date(2026, 1, 1))


def crowd():
    """Birthdays around the days at which rules change, and other differences."""
    birthdays = [date(2026 - age, 5, day) for age in (14, 15, 16, 18, 40) for day in (1, 4, 6, 12)]
    opt_out = Consent(ground="opt_out", given_on=FIRST, valid_from=date(2026, 5, 6))
    return [
        *(LawSubject(id=f"born {born}", born_on=born) for born in birthdays),
        LawSubject(id="leap", born_on=date(2008, 2, 29)),
        LawSubject(id="unknown"),
        LawSubject(id="equivalent", system=WorkingTimeSystem.EQUIVALENT),
        LawSubject(id="night", night_worker=True),
        LawSubject(id="hazard", hazardous_night=True),
        LawSubject(id="food", sector="fast_food"),
        LawSubject(id="opted out", born_on=date(1990, 1, 1), consents=(opt_out,)),
    ]


def held_by(people, place):
    """What holds for whom, on which days, for every topic."""
    situation = Situation(layers_of(place), FIRST, END, tuple(people), MONTHS)
    found: set[tuple[object, ...]] = set()
    for topic in COMPILED:
        for held, scope in situation.held(topic):
            who = [person.id for person in people] if scope.employees is None else scope.employees
            found |= {(topic, held.parameter.id, held.citation, scope.days, one) for one in who}
        for day in (FIRST, date(2026, 5, 31), date(2027, 4, 30)):
            for of_day, them in situation.held_on(topic, day):
                found |= {(topic, of_day.parameter.id, of_day.citation, day, one.id) for one in them}
    return found


@pytest.mark.parametrize("place", ["pl", "de", "gb", "fr", "us-ca", "us-ny-nyc", "ph"])
def test_everybody_is_held_to_what_would_hold_for_them_alone(place):
    alone = set().union(*(held_by([person], place) for person in crowd()))
    assert held_by(crowd(), place) == alone


def test_a_person_turns_an_age_on_the_birthday():
    assert LawSubject(id="a", born_on=date(2008, 5, 6)).turns(18) == date(2026, 5, 6)
    with pytest.raises(ValueError, match="the date of birth of a is not known"):
        LawSubject(id="a").turns(18)
