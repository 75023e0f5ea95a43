"""What the people do not suffice for, as concrete spans somebody could still take."""

from collections.abc import Iterator
from itertools import chain

from solver.problem import Coverage, Problem
from solver.result import OpenShift
from solver.rules.coverage import fixed_work
from solver.rules.headcount import filled_places, wanted_shifts
from solver.supply import Supply
from solver.violation import Level
from solver.work import Roster


def open_shifts(problem: Problem, roster: Roster) -> tuple[OpenShift, ...]:
    """Given shifts with places left, and spans in which coverage is below its minimum or its target.

    Missing cover of one skill and location is cut into the longest spans that one person more could take, no
    longer than the longest template for it. A span is ``mandatory`` while the minimum is not met.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   coverage=(Coverage(id="am", start=480, end=720, minimum=1, target=2),
    ...                             Coverage(id="pm", start=720, end=900, minimum=1)))
    >>> for span in open_shifts(problem, Roster()):
    ...     print(span.start, span.end, span.people, span.level)
    480 900 1 mandatory
    480 720 1 soft
    """
    return (*_open_places(problem, roster), *_missing_cover(problem, roster))


def _open_places(problem: Problem, roster: Roster) -> Iterator[OpenShift]:
    filled = filled_places(roster)
    for shift in wanted_shifts(problem, filled):
        missing = shift.headcount - filled[shift.id]
        if missing > 0:
            level: Level = "mandatory" if shift.mandatory else "soft"
            yield OpenShift(
                start=shift.start,
                end=shift.end,
                skill=shift.skill,
                location=shift.location,
                people=missing,
                level=level,
                shift=shift.id,
            )


def _missing_cover(problem: Problem, roster: Roster) -> Iterator[OpenShift]:
    supply = Supply(chain(roster, fixed_work(problem)))
    by_kind: dict[tuple[str, str], list[Coverage]] = {}
    for cover in sorted(problem.coverage, key=lambda c: c.start):
        if cover.missing_price:
            by_kind.setdefault((cover.skill or "", cover.location or ""), []).append(cover)
    for covers in by_kind.values():
        first = covers[0]
        longest = _longest_template(problem, first)
        for level in ("mandatory", "soft"):
            pieces = _missing(covers, supply, level)
            for start, end, name in _layers(pieces):
                for at in range(start, end, longest):
                    yield OpenShift(
                        start=at,
                        end=min(end, at + longest),
                        skill=first.skill,
                        location=first.location,
                        people=1,
                        level=level,
                        coverage=name,
                    )


def _missing(covers: list[Coverage], supply: Supply, level: Level) -> list[tuple[int, int, int, str]]:
    """(start, end, people missing, coverage id): up to the minimum if mandatory, else from there on."""
    pieces: list[tuple[int, int, int, str]] = []
    for cover in covers:
        for start, end, people in supply.steps(cover.skill, cover.location, cover.start, cover.end):
            if level == "mandatory":
                missing = cover.minimum - people
            else:
                missing = cover.wanted - max(people, cover.minimum)
            pieces.append((start, end, max(0, missing), cover.id))
    return pieces


def _layers(pieces: list[tuple[int, int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Cut missing people into spans of one person, the lowest layer first: (start, end, first id)."""
    for depth in range(max((missing for _, _, missing, _ in pieces), default=0)):
        begun: tuple[int, int, str] | None = None
        for start, end, missing, name in pieces:
            if begun is not None and (missing <= depth or start != begun[1]):
                yield begun
                begun = None
            if missing > depth:
                begun = (start, end, name) if begun is None else (begun[0], end, begun[2])
        if begun is not None:
            yield begun


def _longest_template(problem: Problem, cover: Coverage) -> int:
    """The longest shift that could be created for a requirement; a day where there are no templates."""
    fitting = [
        t.longest
        for t in problem.templates
        if cover.skill in (None, t.skill) and cover.location in (None, t.location)
    ]
    return max(fitting, default=1440)
