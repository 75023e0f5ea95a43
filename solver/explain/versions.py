"""What changed from one roster to another: who has other work, and what that is worth by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from solver.evaluate import evaluate
from solver.explain.judged import Judged, score_change, total
from solver.explain.sentences import Speaker
from solver.problem import Problem
from solver.score import Part, difference
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that happened to work from the old roster to the new one.

    Parameters
    ----------
    kind
        ``gained``: somebody has work nobody had; ``lost``: somebody's work is nobody's any more; ``moved``:
        somebody has other work that day; ``handed_over``: the same work is somebody else's now.
    before, after
        The work as it was and as it is.
    worth
        What the score changes by, by rule, if this alone is done to the old roster.
    """

    kind: Literal["gained", "lost", "moved", "handed_over"]
    before: Assignment | None = None
    after: Assignment | None = None
    worth: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged:
    """What the change is to one person.

    Parameters
    ----------
    paid_minutes
        How many paid minutes more, or, if negative, fewer.
    worth
        What the rules about this person change by.
    """

    employee: str
    paid_minutes: int
    worth: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that changed from one roster to another.

    Parameters
    ----------
    changes
        By time.
    people
        Everybody whose work changed, by id.
    score
        What the whole score changes by, by rule; negative where the new roster is better.
    """

    changes: tuple[Changed, ...]
    people: tuple[PersonChanged, ...]
    score: tuple[Part, ...]


def compare(problem: Problem, old: Roster, new: Roster) -> Comparison:
    """What changed from ``old`` to ``new``, both rosters of one problem."""
    gone, come = _only_in(old, new), _only_in(new, old)
    judged = Judged(problem, old)
    changes = [
        replace(each, worth=_worth(judged, each)) for each in sorted(_paired(problem, gone, come), key=_time)
    ]
    was, now = evaluate(problem, old), evaluate(problem, new)
    people = []
    for who in sorted({work.employee for work in (*gone, *come)}):
        before, after = judged.personal_change(
            [work for work in gone if work.employee == who], [work for work in come if work.employee == who]
        )
        minutes = sum(work.paid for work in new.of(who)) - sum(work.paid for work in old.of(who))
        people.append(PersonChanged(employee=who, paid_minutes=minutes, worth=score_change((before, after))))
    return Comparison(changes=tuple(changes), people=tuple(people), score=difference(now.score, was.score))


def _only_in(roster: Roster, other: Roster) -> list[Assignment]:
    return list((Counter(roster) - Counter(other)).elements())


def _paired(problem: Problem, gone: list[Assignment], come: list[Assignment]) -> Iterable[Changed]:
    """All work gone or come, each once: handed over if the same, moved within a day of one person."""
    gone = list(gone)
    left: list[Assignment] = []
    for after in come:
        same = next((each for each in gone if replace(each, employee=after.employee) == after), None)
        if same is None:
            left.append(after)
        else:
            gone.remove(same)
            yield Changed(kind="handed_over", before=same, after=after)
    day_of = problem.calendar.index
    for after in left:
        before = next(
            (b for b in gone if b.employee == after.employee and day_of(b.start) == day_of(after.start)), None
        )
        if before is None:
            yield Changed(kind="gained", after=after)
        else:
            gone.remove(before)
            yield Changed(kind="moved", before=before, after=after)
    for lost in gone:
        yield Changed(kind="lost", before=lost)


def _worth(judged: Judged, change: Changed) -> tuple[Part, ...]:
    gone = [change.before] if change.before is not None else []
    return score_change(judged.change(gone, [change.after] if change.after is not None else []))


def _time(change: Changed) -> tuple[int, int, str, str]:
    work = change.after or change.before
    if work is None:
        raise ValueError("a change has a before or an after")
    return work.start, work.end, work.employee, work.label


def sentences(speaker: Speaker, comparison: Comparison, most: int = 20) -> list[str]:
    """What changed, by time, and then what that makes of the score and for whom.

    Parameters
    ----------
    most
        So many changes are told, then how many more there are.
    """
    if not comparison.changes:
        return [speaker.say("changed.nothing")]
    told = [_told(speaker, each) for each in comparison.changes[:most]]
    if len(comparison.changes) > most:
        told.append(speaker.say("report.more", count=len(comparison.changes) - most))
    worth = total(comparison.score)
    message = (
        "changed.better" if worth < (0, 0, 0) else "changed.worse" if worth > (0, 0, 0) else "changed.same"
    )
    told.append(speaker.say(message, why=speaker.change(comparison.score)))
    minutes = [each for each in comparison.people if each.paid_minutes]
    for each in sorted(minutes, key=lambda each: (-abs(each.paid_minutes), each.employee))[:most]:
        more = "changed.more" if each.paid_minutes > 0 else "changed.less"
        hours = speaker.length(abs(each.paid_minutes))
        told.append(speaker.say(more, person=speaker.person(each.employee), hours=hours))
    return told


def _told(speaker: Speaker, change: Changed) -> str:
    before, after = change.before, change.after
    places = {
        "person": speaker.person(after.employee if after else before.employee if before else ""),
        "other": speaker.person(before.employee if before else ""),
        "before": speaker.work(before) if before else "",
        "after": speaker.work(after) if after else "",
    }
    told = speaker.say(f"changed.{change.kind}", **places)
    by_itself = [part for part in change.worth if part.cost]
    return speaker.say("because", change=told, why=speaker.change(by_itself)) if by_itself else told
