"""Good rosters of any size in a given time: greedy start, annealing, exact improvement of parts."""

from __future__ import annotations

from collections.abc import Callable

from solver.cpsat.draft import Draft
from solver.cpsat.part import Part
from solver.cpsat.place_inside import has_insides
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.greedy import greedy
from solver.lns.improve import improve, solve_part
from solver.lns.inside_search import settle
from solver.standing import Incumbent
from solver.work import Roster

CHANGES_PER_DAY = 3000
"""Changes an annealing tries for each person and day on which there is something to choose."""

SHARE = 0.75
"""The part of the time left that an annealing may take."""

CHANGES_PER_WORK = 20_000
"""Changes that count as one unit of deterministic work."""

FRUITLESS = 25
"""Parts in a row that gain nothing before annealing starts again, hotter chances in more time."""


def first_roster(incumbent: Incumbent, draft: Draft, warm_start: Roster | None, *, seed: int) -> Roster:
    """A first roster, mended where people put together greedily miss a hard minimum; offered if it keeps all.

    Returns
    -------
    Roster
        The roster, whether or not it keeps the hard rules.
    """
    incumbent.phase = "construct"
    rosters = [greedy(draft)] if warm_start is None else [warm_start, greedy(draft)]
    roster = min(rosters, key=lambda one: evaluate(draft.problem, one).score.levels)
    broken = {
        violation.employee
        for violation in evaluate(draft.problem, roster).violations
        if violation.level == "hard" and violation.employee is not None
    }
    for employee in sorted(broken):
        if not incumbent.stopped():
            part = Part(employees=frozenset([employee]))
            _, mended = solve_part(incumbent, draft, part, roster, seed=seed, workers=1)
            roster = mended or roster
    incumbent.offer(roster)
    return roster


def search_locally(incumbent: Incumbent, draft: Draft, *, seed: int, workers: int) -> None:
    """Improve the best roster until the incumbent says stop."""
    rounds = 0
    while incumbent.roster is not None and not incumbent.stopped():
        anneal(incumbent, draft, incumbent.roster, seed=seed + rounds, factor=2**rounds)
        incumbent.phase = "improve"
        improve(incumbent, draft, seed=seed + rounds, workers=workers, fruitless=FRUITLESS)
        rounds += 1


def anneal(incumbent: Incumbent, draft: Draft, base: Roster, *, seed: int, factor: int = 1) -> None:
    """Anneal a roster and offer what comes out, now and then what there is so far."""
    incumbent.phase = "anneal"
    places = sum(len({slot.day for slot in person.slots}) for person in draft.persons.values())
    annealing = Annealing(draft, base, seed)
    planned = factor * CHANGES_PER_DAY * places
    annealing.run(_clock(incumbent, annealing, planned))
    roster = annealing.roster()
    incumbent.offer(roster)
    if has_insides(draft.problem) and not incumbent.stopped():
        settle(incumbent, roster, seed=seed, workers=1)


def _clock(incumbent: Incumbent, annealing: Annealing, planned: int) -> Callable[[int], float]:
    """The share that is done: of the changes planned, or of the time or work it may take."""
    begun = incumbent.standing()
    seconds, work = incumbent.stop.seconds_left(begun), incumbent.stop.work_left(begun)
    shown = begun.seconds
    counted = 0

    def share(tried: int) -> float:
        nonlocal shown, counted
        incumbent.work += (tried - counted) / CHANGES_PER_WORK
        counted = tried
        now = incumbent.standing()
        done = [tried / max(1, planned)]
        if seconds:
            done.append((now.seconds - begun.seconds) / (SHARE * seconds))
        if work:
            done.append((now.work - begun.work) / (SHARE * work))
        if now.seconds - shown > SHOW:
            shown = now.seconds
            incumbent.offer(annealing.roster())
            incumbent.tell()
        return 1.0 if incumbent.stopped() else max(done)

    return share


SHOW = 0.5
"""Seconds between two looks at the best roster of a running annealing."""
