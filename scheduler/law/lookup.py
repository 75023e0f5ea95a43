"""A value of a pack by its name."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from scheduler.kernel.errors import SchedulerError
from scheduler.law.library import layers_of, packs
from scheduler.law.pack import DatedValue, Parameter


def parameter_called(parameter_id: str) -> Parameter:
    """The parameter of an id, such as ``us-ca.overtime.day``.

    Raises
    ------
    SchedulerError
        ``law_parameter_unknown`` with the nearest names there are.

    Examples
    --------
    >>> parameter_called("pl.schedule.notice").values[0].valid_from
    datetime.date(2013, 8, 23)
    """
    known = {name: one for pack in packs().values() for name, one in pack.parameters.items()}
    if parameter_id not in known:
        near = get_close_matches(parameter_id, known, n=3)
        raise SchedulerError("law_parameter_unknown", parameter=parameter_id, near=near)
    return known[parameter_id]


def value_on(parameter_id: str, day: date) -> DatedValue:
    """The value of a parameter in force on a civil day, with its citation.

    Raises
    ------
    SchedulerError
        ``law_parameter_unknown`` for a name nobody knows.
    NotInForce
        If there is none on that day, with the first day that has one.

    Examples
    --------
    >>> str(value_on("pl.minimum_wage.month", date(2026, 5, 1)).value)
    '4806 PLN'
    """
    return parameter_called(parameter_id).on(day)


def nearest_parameter(jurisdiction: str, name: str) -> Parameter:
    """The parameter of a name in the pack of a jurisdiction, or in the first layer below that has it.

    Raises
    ------
    SchedulerError
        ``law_parameter_unknown`` with the nearest names of the jurisdiction's own pack.

    Examples
    --------
    >>> nearest_parameter("pl", "daily_rest.min").id, nearest_parameter("pl", "week.reference_mode").id
    ('pl.daily_rest.min', 'eu.week.reference_mode')
    """
    layers = layers_of(jurisdiction)
    for pack in layers:
        if (found := pack.parameters.get(f"{pack.id}.{name}")) is not None:
            return found
    own = list(layers[0].parameters) if layers else []
    near = get_close_matches(f"{jurisdiction.lower()}.{name}", own, n=3)
    raise SchedulerError("law_parameter_unknown", parameter=f"{jurisdiction}.{name}", near=near)
