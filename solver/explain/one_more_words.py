"""What one more person is worth, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.explain.hiring import Hire
from solver.explain.judged import total
from solver.explain.missing import Filled, Kind
from solver.explain.one_more import MorePeople, OneMore, Stretch
from solver.explain.report import Line
from solver.explain.sentences import Speaker
from solver.explain.training import SkillTraining, Training
from solver.spans import Span
from solver.work import Work

STRETCHES = 6
"""Of each kind of work, the longest ones."""
GAINS = 3
"""Of people who would come one after the other in a stretch, so many are told of by what each would fill."""
SHIFTS = 7
"""Of a newcomer's week."""


def lines(speaker: Speaker, more: OneMore) -> Iterator[Line]:
    """The whole answer, a heading first."""
    if not more.missing:
        yield 0, speaker.say("more.nothing" if more.asked else "report.nothing_asked")
        return
    yield 0, speaker.say("more.heading")
    yield 1, speaker.say("more.as_is")
    for each in more.missing:
        yield 1, kind_sentence(speaker, each)
        yield from ((2, told) for told in stretch_sentences(speaker, each))
        yield from ((2, hire_sentence(speaker, hire)) for hire in each.hires)
    for training in more.training:
        yield from training_lines(speaker, training)
    if not more.in_time:
        yield 1, speaker.say("more.no_time")


def kind_sentence(speaker: Speaker, more: MorePeople) -> str:
    """How much of a kind of work is open."""
    what = speaker.doing(more.skill, more.location)
    what = what if more.skill else what[:1].upper() + what[1:]
    hours = speaker.length(more.minutes)
    told = speaker.say("more.kind", what=what, hours=hours, count=len(more.stretches))
    if more.mandatory_minutes:
        told = speaker.say("more.kind.mandatory", told=told, hours=speaker.length(more.mandatory_minutes))
    return told


def stretch_sentences(speaker: Speaker, more: MorePeople, most: int = STRETCHES) -> list[str]:
    """When further people would fill something, the longest stretches by time, and that this is all.

    Parameters
    ----------
    most
        So many stretches are told, then how many more there are.
    """
    longest = sorted(more.stretches, key=lambda each: (-each.minutes, each.start))[:most]
    told = [stretch_sentence(speaker, each) for each in sorted(longest, key=lambda each: each.start)]
    left = len(more.stretches) - len(longest)
    if left:
        hours = speaker.length(more.minutes - sum(each.minutes for each in longest))
        told.append(speaker.say("more.stretches", count=left, hours=hours))
    told.append(speaker.say("more.other_times"))
    if total(more.change) >= (0, 0, 0):
        told.append(speaker.say("more.worse", why=speaker.change(more.change)))
    return told


def stretch_sentence(speaker: Speaker, stretch: Stretch) -> str:
    """How many further people would fill how much in one stretch."""
    when = speaker.span(Span(stretch.start, stretch.end))
    hours = speaker.length(stretch.minutes)
    told = speaker.say("more.stretch", count=stretch.people, when=when, hours=hours)
    if stretch.people > 1:
        gains = [speaker.length(minutes) for minutes in stretch.gains]
        many = len(gains) > GAINS + 1
        each = ", ".join(gains[:GAINS] if many else gains)
        message = "more.stretch.many" if many else "more.stretch.each"
        told = speaker.say(message, told=told, each=each, last=gains[-1])
    return told


def hire_sentence(speaker: Speaker, hire: Hire) -> str:
    """What one newcomer would fill and when, or that no shift of theirs is worth it."""
    own = Kind(hire.skill, hire.location)
    gained = [
        each for each in hire.filled if each.minutes > 0 and (each.kind == own or hire.filled_minutes <= 0)
    ]
    message = "hire.fills" if gained else "hire.better" if total(hire.change) < (0, 0, 0) else "hire.nothing"
    return speaker.say(
        message if hire.number == 1 else f"{message}.next",
        contract=_contract(speaker, hire),
        filled=_filled(speaker, gained, hire.proven),
        when=_when(speaker, hire.works, own),
        why=speaker.change(hire.change),
    )


def _contract(speaker: Speaker, hire: Hire) -> str:
    like = speaker.problem.employee_by_id.get(hire.like or "")
    if hire.contract_minutes is None:
        message = "hire.like.unbounded" if like else "hire.unbounded"
    elif like is None:
        message = "hire.bounded"
    else:
        same = like.maximum_minutes == hire.contract_minutes
        message = "hire.like" if same else "hire.contract"
    hours = speaker.length(hire.contract_minutes or 0)
    return speaker.say(message, person=speaker.person(hire.like), hours=hours)


def _filled(speaker: Speaker, gained: Sequence[Filled], proven: bool) -> str:
    return speaker.listed(
        [
            speaker.say(
                "filled" if proven else "filled.at_least",
                hours=speaker.length(abs(each.minutes)),
                doing=speaker.doing(each.skill, each.location),
            )
            for each in gained
        ]
    )


def _when(speaker: Speaker, works: Sequence[Work], own: Kind | None) -> str:
    """The shifts, of which only those of another kind say what is done."""
    told = [
        speaker.span(work.span) if Kind(work.skill, work.location) == own else speaker.work(work)
        for work in works
    ]
    return speaker.listed(told, SHIFTS)


def training_lines(speaker: Speaker, training: SkillTraining) -> Iterator[Line]:
    """Whom to train in one skill, best first, or that it gains nothing."""
    skill = speaker.called(training.skill)
    if not training.lacking:
        yield 1, speaker.say("train.nobody", skill=skill)
    elif training.best:
        tried, lacking = training.tried, training.lacking
        yield 1, speaker.say("train.heading", skill=skill, count=tried, lacking=lacking)
        yield from ((2, training_sentence(speaker, each)) for each in training.best)
    elif training.tried:
        yield 1, speaker.say("train.nothing", skill=skill, count=training.tried)


def training_sentence(speaker: Speaker, training: Training) -> str:
    """What one person would fill with the skill, and what that person would give up for it."""
    gained = [each for each in training.filled if each.minutes > 0]
    told = speaker.say(
        "train.gain" if gained else "train.better",
        person=speaker.person(training.employee),
        filled=_filled(speaker, gained, proven=True),
        when=_when(speaker, training.takes, gained[0].kind if gained else None),
        why=speaker.change(training.change),
    )
    if training.gives_up:
        given = speaker.listed([speaker.work(work) for work in training.gives_up], SHIFTS)
        told = speaker.say("train.instead", told=told, gives_up=given)
    opened = [each for each in training.filled if each.minutes < 0]
    if opened:
        told = speaker.say("train.opens", told=told, opened=_filled(speaker, opened, proven=True))
    return told
