"""Explanations speak in names, local times and amounts with units, whatever rule they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from string import Formatter

import pytest
from hypothesis import given

from solver.cpsat.slots import pairs_of
from solver.evaluate import evaluate
from solver.explain.clash_words import asks
from solver.explain.english import ENGLISH
from solver.explain.sentences import Language, Speaker
from solver.problem import Day, Employee, Problem
from solver.rules.no_overlap import NoOverlap
from solver.rules.registry import FAMILIES
from solver.rules.rule import Rule
from solver.score import Part
from solver.spans import Span
from solver.violation import Violation
from solver.work import Roster, Work
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.rules.cases import CASES
from tests.solver.rules.test_two_readings import worlds_for

# The night on which Warsaw's clocks go back: 25 October 2026, from 03:00 to 02:00.
AUTUMN = Problem(
    origin=datetime(2026, 10, 23, 22, tzinfo=UTC),
    zone="Europe/Warsaw",
    days=(Day("2026-10-24", 0, 1440), Day("2026-10-25", 1440, 2940)),
    employees=(Employee(id="e1", name="Ann Nowak"), Employee(id="e2")),
)
SAYS = Speaker(AUTUMN)


def test_times_are_those_on_the_clocks_of_the_place_also_where_they_change() -> None:
    assert SAYS.span(Span(22 * 60, 31 * 60)) == "Sat 24 Oct 22:00 to 06:00"
    assert SAYS.span(Span(1440 + 9 * 60, 1440 + 13 * 60)) == "Sun 25 Oct 08:00 to 12:00"


def test_a_span_over_several_days_names_both_of_them() -> None:
    assert SAYS.span(Span(0, 2940)) == "Sat 24 Oct 00:00 to Mon 26 Oct 00:00"


def test_without_a_zone_the_offset_of_the_origin_counts() -> None:
    offset = Problem(
        origin=datetime.fromisoformat("2026-11-23T00:00:00+05:30"), days=(Day("2026-11-23", 0, 1440),)
    )

    assert Speaker(offset).span(Span(480, 960)) == "Mon 23 Nov 08:00 to 16:00"


def test_skills_and_places_are_called_by_their_names_where_there_are_any() -> None:
    named = Speaker(replace(AUTUMN, names={"s1": "Till", "l1": "High Street"}))
    lacking = breach("skills", {"skill": "s1"})

    assert named.work(Work(start=480, end=960, skill="s1", location="l1")) == (
        "Sat 24 Oct 08:00 to 16:00, Till in High Street"
    )
    assert named.reason(lacking) == "no valid skill Till for it (art. 3)"
    assert SAYS.reason(lacking) == "no valid skill s1 for it (art. 3)"


def test_a_person_without_a_name_is_called_by_the_id() -> None:
    assert SAYS.people(["e1", "e2"]) == "Ann Nowak and e2"


def test_amounts_have_their_unit_in_the_right_number() -> None:
    assert SAYS.quantity(90, "minutes") == "1 h 30 min"
    assert SAYS.quantity(0, "person_minutes") == "0 min"
    assert SAYS.quantity(1, "days") == "1 day"
    assert SAYS.quantity(2, "people") == "2 people"
    assert SAYS.quantity(3, "things_nobody_named") == "3 things nobody named"


def breach(rule: str, facts: dict[str, int | str], unit: str = "minutes") -> Violation:
    return Violation(
        rule=rule,
        level="hard",
        short_by=60,
        unit=unit,
        cost=60,
        employee="e1",
        facts=facts,
        citation="art. 3",
    )


def test_a_rule_says_what_is_and_what_is_asked_and_where_that_is_written() -> None:
    assert SAYS.reason(breach("min_rest", {"required": 660, "actual": 600})) == (
        "10 h of rest between two shifts instead of 11 h (art. 3)"
    )


def test_a_minimum_has_other_words_than_a_maximum() -> None:
    at_most = breach("minutes", {"maximum": 540, "actual": 600, "from": "2026-10-24"})
    at_least = breach("minutes", {"minimum": 660, "actual": 600, "from": "2026-10-24"})

    assert SAYS.reason(at_most) == ("10 h of work in the days from Sat 24 Oct, at most 9 h (art. 3)")
    assert SAYS.reason(at_least) == ("10 h of work in the days from Sat 24 Oct, at least 11 h (art. 3)")


def test_a_family_without_words_of_its_own_still_says_its_figures() -> None:
    assert SAYS.reason(breach("moon_phases", {"maximum": 2, "actual": 3}, "days")) == (
        "moon phases: 3 days, at most 2 days (art. 3)"
    )
    assert SAYS.reason(breach("moon_phases", {})) == "moon phases: off by 1 h (art. 3)"


def test_the_work_that_is_spoken_of_is_not_told_again() -> None:
    double = Violation(
        rule="no_overlap",
        level="hard",
        short_by=60,
        unit="minutes",
        cost=60,
        spans=(Span(480, 960), Span(900, 1000)),
    )

    assert SAYS.reason(double, Work(start=480, end=960)) == (
        "1 h at the same time as other work, Sat 24 Oct 15:00 to 16:40"
    )
    assert SAYS.reason(double) == (
        "two shifts at the same time: Sat 24 Oct 08:00 to 16:00 and Sat 24 Oct 15:00 to 16:40"
    )


def test_what_decides_comes_first_in_a_difference() -> None:
    parts = [Part("soft", "fairness", "", 90, 1), Part("mandatory", "open_shifts", "", -480, -1)]

    assert SAYS.change(parts) == "filled shifts 480 better and fairness 90 worse"
    assert SAYS.change([]) == "the score stays the same"


@TRIED
@given(judged_rosters())
def test_everything_the_evaluator_says_can_be_said_in_words(judged: tuple[Problem, Roster]) -> None:
    problem, roster = judged
    speaker = Speaker(problem)

    for violation in evaluate(problem, roster).violations:
        said = speaker.reason(violation)
        assert said
        assert "{" not in said
        assert violation.rule not in said or "_" not in violation.rule


@pytest.mark.parametrize("family", CASES, ids=lambda family: family.id)
def test_every_family_of_rules_says_in_words_what_is_broken(family: type[Rule]) -> None:
    random = Random(7)
    said: set[str] = set()
    for problem in worlds_for(family).values():
        speaker = Speaker(problem)
        for params in CASES[family] or [{}]:
            rule = family(**params)
            for _ in range(30):
                for violation in rule.check(problem, some_roster(problem, random)):
                    said.add(speaker.reason(violation))
            assert asks(speaker, rule)
    assert said or family is NoOverlap  # the worlds have no work at the same time
    assert not any("{" in each or "None" in each for each in said)


def some_roster(problem: Problem, random: Random) -> Roster:
    """Half of all given shifts of everybody, and a shift of each template on some days."""
    works = [
        problem.fill(person.id, shift.id)
        for person in problem.employees
        for shift in problem.shifts
        if random.random() < 0.5
    ]
    for person in problem.employees:
        for template in problem.templates:
            for day in range(problem.calendar.size):
                pairs = pairs_of(template, day, problem)
                if pairs and random.random() < 0.5:
                    start, end = random.choice(pairs)
                    works.append(problem.create(person.id, template.id, start, end - start))
    return Roster(works)


def test_a_day_that_ends_at_midnight_does_not_begin_again() -> None:
    assert SAYS.span(Span(0, 1440)) == "Sat 24 Oct 00:00 to 24:00"


@pytest.mark.parametrize("message", ENGLISH)
def test_every_template_has_named_places_only(message: str) -> None:
    template = ENGLISH[message]
    for text in [template] if isinstance(template, str) else template.values():
        for _, name, spec, conversion in Formatter().parse(text):
            assert name is None or name.isidentifier()
            assert not spec
            assert conversion is None


def test_another_language_takes_the_same_places_and_its_own_plurals() -> None:
    polish = Language(
        {**ENGLISH, "unit.days": {"one": "{count} dzień", "few": "{count} dni", "many": "{count} dni"}},
        lambda count: "one" if count == 1 else "few" if count in (2, 3, 4) else "many",
    )

    assert Speaker(AUTUMN, polish).quantity(1, "days") == "1 dzień"
    assert Speaker(AUTUMN, polish).quantity(5, "days") == "5 dni"


def test_words_are_only_for_families_that_exist() -> None:
    known = {family.id for family in FAMILIES}

    spoken = {message.split(".")[1] for message in ENGLISH if message.startswith(("rule.", "asks."))}
    assert spoken - known == {"any", "of"}
