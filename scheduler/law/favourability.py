"""The worker keeps the better of two laws: how layers are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.law.pack import DatedValue, Layer, Pack, Parameter
from scheduler.law.topics import favours
from scheduler.law.values import Value


def weaker_than_parents(pack: Pack, loaded: Mapping[str, Pack]) -> Iterator[tuple[int, str]]:
    """Line and message for each value below what a layer underneath grants, unless its derogation is named.

    Compared are parameters of one topic where everybody whom the new one is about is covered by the lower
    layer's, on all days on which both are in force. A new one for more people than the lower layer's takes
    nothing from anybody: of two rules that hold for a person the better one is applied.
    """
    for lower in layers_below(pack, loaded):
        for below in lower.parameters.values():
            for parameter in pack.parameters.values():
                if parameter.topic.id == below.topic.id and parameter.population.within(below.population):
                    yield from _weaker(pack.layer, parameter, below)


def layers_below(pack: Pack, loaded: Mapping[str, Pack]) -> list[Pack]:
    """The packs under a pack, nearest first, each once."""
    found: list[Pack] = []
    for parent in pack.parents:
        if parent in loaded:
            found += [p for p in (loaded[parent], *layers_below(loaded[parent], loaded)) if p not in found]
    return found


def _weaker(layer: Layer, parameter: Parameter, below: Parameter) -> Iterator[tuple[int, str]]:
    for value in parameter.values:
        for lower in below.values:
            day = max(value.valid_from, lower.valid_from)
            if not _both_in_force(value, lower, day):
                continue
            if not favours(parameter.topic, value.value, lower.value):
                yield from _unnamed(
                    layer, parameter, below, parameter.derogation, value.value, lower.value, day
                )
            for exception in parameter.exceptions:
                if exception.value is None or not favours(parameter.topic, exception.value, lower.value):
                    yield from _unnamed(
                        layer, parameter, below, exception.derogation, exception.value, lower.value, day
                    )


def _both_in_force(value: DatedValue, lower: DatedValue, day: date) -> bool:
    ends = [end for end in (value.valid_until, lower.valid_until) if end is not None]
    return not ends or day < min(ends)


def _unnamed(
    layer: Layer,
    parameter: Parameter,
    below: Parameter,
    derogation: str,
    value: Value | None,
    lower: Value,
    day: date,
) -> Iterator[tuple[int, str]]:
    granted = f"{value or 'nothing'} from {day} is weaker than {below.id} ({lower})"
    if not derogation:
        yield parameter.line, f"{parameter.id}: {granted}; name the 'derogation' that allows it"
    elif not below.derogable:
        yield parameter.line, f"{parameter.id}: {granted}, which allows no derogation"
    elif below.derogable_by and layer not in below.derogable_by:
        by = ", ".join(below.derogable_by)
        yield parameter.line, f"{parameter.id}: {granted}, from which only these may derogate: {by}"
