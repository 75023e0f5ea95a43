"""Weeks of whole organisations made up for measuring."""

from benchmarks.organisation import JOBS, MONDAY, make_locations, make_week
from scheduler.law.compile import rules_for
from scheduler.law.subject import LawSubject
from solver.evaluate import evaluate
from solver.work import Roster


def hours_wanted(problem):
    return sum(cover.wanted * (cover.end - cover.start) for cover in problem.coverage) / 60


def test_the_same_seed_makes_the_same_week_and_another_seed_another():
    assert make_week(people=30, seed=3) == make_week(people=30, seed=3)
    assert make_week(people=30, seed=3) != make_week(people=30, seed=4)


def test_the_law_of_poland_is_compiled_and_no_past_work_breaks_it():
    problem = make_week(people=60, seed=2)
    adult = LawSubject(id="adult")
    law = rules_for("pl", MONDAY, MONDAY.replace(day=30), employees=[adult])
    assert {rule.name for rule in law.rules} <= {rule.name for rule in problem.rules}
    assert evaluate(problem, Roster()).score.hard == 0


def test_demand_is_of_six_skills_every_quarter_and_as_tight_as_asked():
    for tightness in (0.9, 1.05):
        problem = make_week(people=120, tightness=tightness)
        wanted = [cover for cover in problem.coverage if cover.wanted]
        agreed = sum(person.target_minutes for person in make_week(people=120, tightness=2).employees) / 60
        assert {cover.skill for cover in wanted} == {job.skill for job in JOBS}
        assert {cover.end - cover.start for cover in wanted} == {15}
        assert abs(hours_wanted(problem) / agreed - tightness) < 0.02


def test_only_floaters_work_at_several_places_and_starts_can_be_closer():
    problem = make_locations(locations=4, people=80, floaters=8, start_step=15)
    several = [person.id for person in problem.employees if len(person.locations) > 1]
    assert len(problem.employees) == 80
    assert len(several) == 8
    assert all(who.startswith("f") for who in several)
    assert {cover.location for cover in problem.coverage} == {f"place{n:02}" for n in range(1, 5)}
    assert {t.start_step for t in problem.templates if not t.id.endswith("night")} == {15}
