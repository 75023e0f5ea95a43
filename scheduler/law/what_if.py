"""The law of a place otherwise: another place, the law of another day, other values. None of it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.compile import rules_for
from scheduler.law.library import layers_of, packs
from scheduler.law.pack import NO_BOUND, DatedValue, Enforcement, Pack, Parameter, Population
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.values import Count, Duration, Value

FOR_CHECKS = (Enforcement.HARD, Enforcement.CHECK, Enforcement.DEFINE)
"""What is done with a parameter that a check of work can depend on."""
LONGEST = 366 * 24 * 60
"""No time that a law speaks of is longer than a year, minutes."""


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """A law that does not hold, to check a roster under.

    Parameters
    ----------
    jurisdiction
        Id of the pack of a place.
    as_on
        The law as it stood or will stand on this civil day, whatever the days of the roster; None takes each
        day's own.
    values
        Parameter and value as packs write it, for all days.
    """

    jurisdiction: str
    as_on: date | None = None
    values: tuple[tuple[str, str], ...] = ()

    def packs(self, own: Sequence[Pack] = ()) -> tuple[Pack, ...]:
        """The packs of an organisation, with those that are changed in place of their originals.

        Raises
        ------
        InvalidInput
            With every value that will not do: its name, itself, and what would do.

        Examples
        --------
        >>> other = OtherLaw("pl", values=(("pl.daily_rest.min", "12 h"),))
        >>> str(layers_of("pl", other.packs())[0].parameters["pl.daily_rest.min"].values[0].value)
        '12 h'
        """
        layers = layers_of(self.jurisdiction, own)
        if not layers:
            known = ", ".join(sorted(packs()))
            raise InvalidInput(
                [FieldError("jurisdiction", self.jurisdiction, "has no rule pack", f"one of {known}")]
            )
        changed = {pack.id: pack for pack in layers}
        if self.as_on is not None:
            _refuse_before(layers, self.as_on)
            changed = {pack.id: as_of(pack, self.as_on) for pack in layers}
        names = [name for name, _ in self.values]
        errors = [
            FieldError(
                name,
                ", ".join(text for other, text in self.values if other == name),
                "has several values",
                "give it one",
            )
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
        for name, text in self.values:
            pack = _pack_of(name, changed)
            error = pack if isinstance(pack, FieldError) else self._set(changed, pack, name, text)
            errors += [error] if error else []
        if errors:
            raise InvalidInput(errors)
        kept = {pack.id: pack for pack in own}
        return tuple((kept | {key: pack for key, pack in changed.items() if pack not in layers}).values())

    def _set(self, changed: dict[str, Pack], pack: Pack, name: str, text: str) -> FieldError | None:
        """Put a value into one of the packs, or tell why it will not do."""
        parameter = pack.parameters[name]
        text = " ".join(text.split())
        try:
            value = parameter.topic.read(text)
        except ValueError as error:
            problem, _, hint = str(error).removeprefix(f"{text!r} ").partition("; ")
            return FieldError(name, text, problem, hint or f"such as {parameter.values[-1].value}")
        if fault := _unusable(parameter, value):
            return FieldError(name, text, *fault)
        other = with_value(pack, name, value)
        try:
            _compiles(self.jurisdiction, other)
        except ValueError as error:
            return FieldError(name, text, f"makes no rule: {error}", f"such as {parameter.values[-1].value}")
        changed[pack.id] = other
        return None


def changeable(layers: Sequence[Pack]) -> Iterator[Parameter]:
    """The parameters that a check of work can depend on, nearest layer first."""
    for pack in layers:
        for parameter in pack.parameters.values():
            if parameter.enforcement in FOR_CHECKS and not parameter.waits_for_a_check:
                yield parameter


def as_of(pack: Pack, day: date) -> Pack:
    """The pack as if its law of one civil day held on all days.

    Examples
    --------
    >>> oregon = as_of(packs()["us-or"], date(2020, 1, 1))
    >>> [str(value.value) for value in oregon.parameters["us-or.notice_days"].values]
    ['7 days']
    """
    held = {
        name: replace(parameter, values=(_always(value),))
        for name, parameter in pack.parameters.items()
        if (value := in_force(parameter.values, day)) is not None
    }
    return _other(pack, held, f"as on {day}")


def with_value(pack: Pack, name: str, value: Value) -> Pack:
    """The pack with one value for all days in place of those of a parameter."""
    parameter = pack.parameters[name]
    said = parameter.values[-1]
    citation = f"{said.citation}, with {value} in place of {said.value}"
    new = replace(_always(said), value=value, citation=citation)
    changed = dict(pack.parameters) | {name: replace(parameter, values=(new,))}
    return _other(pack, changed, f"{name} {value}")


def _always(value: DatedValue) -> DatedValue:
    return replace(value, valid_from=date.min, valid_until=None)


def _other(pack: Pack, parameters: dict[str, Parameter], how: str) -> Pack:
    sha256 = hashlib.sha256(f"{pack.sha256} {how}".encode()).hexdigest()
    version = pack.version if pack.version.endswith(" changed") else f"{pack.version} changed"
    return replace(pack, parameters=parameters, sha256=sha256, version=version)


def _refuse_before(layers: Sequence[Pack], day: date) -> None:
    """Refuse a day on which the place's own pack says nothing yet."""
    own = next(pack for pack in layers if pack.id in packs())
    if any(in_force(parameter.values, day) for parameter in own.parameters.values()):
        return
    first = min(parameter.values[0].valid_from for parameter in own.parameters.values())
    problem = f"is before every value of {own.id}"
    raise InvalidInput([FieldError("as_on", day.isoformat(), problem, f"{first} or later")])


def _pack_of(name: str, layers: Mapping[str, Pack]) -> Pack | FieldError:
    """The pack that has a parameter which a check can depend on, or what is wrong with its name."""
    known = {one.id: pack for pack in layers.values() for one in changeable([pack])}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3)
    hint = f"one of the place's law, such as {', '.join(near or list(known)[:3])}"
    for pack in layers.values():
        if name in pack.parameters:
            return FieldError("parameter", name, "is asked for by no check of work", hint)
    return FieldError("parameter", name, "is no parameter of the law of this place", hint)


def _unusable(parameter: Parameter, value: Value) -> tuple[str, str] | None:
    """Problem and hint for a value that a parameter cannot have."""
    said = parameter.values[-1].value
    if isinstance(value, Duration) and value.minutes > LONGEST:
        return "is longer than a year", f"such as {said}"
    if isinstance(value, Count) and isinstance(said, Count):
        if value.unit != said.unit:
            return f"counts {value.unit}", f"{said.unit}, such as {said}"
        least, most = min(1, said.number), max(366, said.number)
        if not least <= value.number <= most:
            return "is no number that a law can mean", f"{least} to {most} {said.unit}, such as {said}"
    return None


def _compiles(jurisdiction: str, pack: Pack) -> None:
    """Raise ValueError where no rule can be made of the values of a pack for somebody it speaks of."""
    day, end = date(2026, 3, 2), date(2026, 3, 9)
    populations = {parameter.population for parameter in pack.parameters.values()}
    people = [_somebody(population, day) for population in populations]
    rules_for(jurisdiction, day, end, employees=[LawSubject(id="adult"), *people], own=[pack])


def _somebody(population: Population, day: date) -> LawSubject:
    """A person of a population on a civil day."""
    age = population.age_below - 1
    return LawSubject(
        id=str(population),
        born_on=None if population.age_below == NO_BOUND else date(day.year - age, 1, 1),
        system=population.system or WorkingTimeSystem.BASIC,
        hazardous_night=population.hazardous_night,
        night_worker=population.night_worker,
        sector=population.sector,
        location=population.location,
        job=population.job,
        contract=population.contract,
    )
