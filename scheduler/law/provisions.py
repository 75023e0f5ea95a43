"""What the law of a place says to one person on one day, all layers taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.kernel.effective import in_force
from scheduler.law.pack import DatedValue, LegalException, Pack, Parameter
from scheduler.law.subject import LawSubject
from scheduler.law.topics import TOPICS, Topic, favours
from scheduler.law.values import Value


@dataclass(frozen=True, slots=True)
class Provision:
    """A value that holds for somebody on a day, and where it is written.

    Parameters
    ----------
    parameter
        The rule of law.
    dated
        Its value by date.
    value
        What holds: the dated value, or that of an exception.
    citation
        The article of the value, or of the exception.
    """

    parameter: Parameter
    dated: DatedValue
    value: Value
    citation: str

    def __hash__(self) -> int:
        return hash((self.parameter.id, self.dated.valid_from, self.citation))


def provisions(layers: Sequence[Pack], topic: str, subject: LawSubject, day: date) -> tuple[Provision, ...]:
    """What holds for a person on a civil day: of the rules of all layers the better for the person.

    Parameters
    ----------
    layers
        Packs, nearest first.
    topic
        Id of the topic.
    subject
        The person.
    day
        Civil day.

    Returns
    -------
    tuple of Provision
        Empty where no layer says anything, or an exception lifts it; more than one only where none of them is
        better in every case (breaks by length of work).
    """
    kept: list[Provision] = []
    for candidate in _candidates(layers, TOPICS[topic], subject, day):
        if any(favours(TOPICS[topic], held.value, candidate.value) for held in kept):
            continue
        kept = [held for held in kept if not favours(TOPICS[topic], candidate.value, held.value)]
        kept.append(candidate)
    return tuple(kept)


def provision(layers: Sequence[Pack], topic: str, subject: LawSubject, day: date) -> Provision | None:
    """The one value that holds for a person on a civil day, or None."""
    found = provisions(layers, topic, subject, day)
    return found[0] if found else None


def _candidates(layers: Sequence[Pack], topic: Topic, subject: LawSubject, day: date) -> list[Provision]:
    """All that is in force for the person, nearest layer and narrowest population first."""
    found: list[Provision] = []
    derogated: list[Parameter] = []
    for pack in layers:
        about = [
            parameter
            for parameter in pack.parameters.values()
            if parameter.topic.id == topic.id
            and parameter.population.holds(subject, day)
            and not any(above.population.within(parameter.population) for above in derogated)
        ]
        for parameter in sorted(about, key=lambda one: _breadth(one, about)):
            dated = in_force(parameter.values, day)
            if dated is None:
                continue
            exception = parameter.exception_for(subject.grounds_on(day))
            if parameter.derogation or (exception and exception.derogation):
                derogated.append(parameter)
            value = _value(dated, exception)
            if value is not None:
                citation = exception.citation if exception else dated.citation
                found.append(Provision(parameter, dated, value, citation))
    return found


def _breadth(parameter: Parameter, among: Sequence[Parameter]) -> int:
    """How many of the others are about fewer people; narrow ones come first."""
    return sum(other.population.within(parameter.population) for other in among if other is not parameter)


def _value(dated: DatedValue, exception: LegalException | None) -> Value | None:
    return dated.value if exception is None else exception.value
