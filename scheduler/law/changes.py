"""What changes in a pack from one day to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.kernel.effective import in_force
from scheduler.law.pack import DatedValue, Pack, Parameter
from scheduler.law.words import plain


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter that says something else on the later of two days.

    Parameters
    ----------
    parameter
        The rule of law.
    before, after
        Its value in force on each day; None where there is none.
    """

    parameter: Parameter
    before: DatedValue | None
    after: DatedValue | None

    def __str__(self) -> str:
        if self.before is None and self.after is not None:
            return f"{self.parameter.id}: new, {_told(self.after)}, from {self.after.valid_from}"
        if self.before is not None and self.after is None:
            return f"{self.parameter.id}: {_told(self.before)} until {self.before.valid_until}, then no value"
        if self.before is None or self.after is None:
            raise ValueError(f"{self.parameter.id} has a value on neither day")
        return (
            f"{self.parameter.id}: {_told(self.before)} becomes {_told(self.after)}, "
            f"from {self.after.valid_from}"
        )


def changes(layers: Sequence[Pack], first: date, second: date) -> list[Change]:
    """Every parameter of the layers whose value, citation or remark differs between two days.

    Parameters
    ----------
    layers
        Packs, nearest first.
    first, second
        The two civil days, the earlier one first.

    Raises
    ------
    ValueError
        If the second day is before the first.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> for change in changes(layers_of("us-or"), date(2020, 1, 1), date(2021, 1, 1)):
    ...     print(change)
    us-or.notice_days: 7 days (ORS 653.436) becomes 14 days (ORS 653.436), from 2020-07-01
    us.regular_rate: new, All pay for work except what 29 USC 207(e) leaves out, divided by all hours worked \
in the workweek, not rounded. (29 CFR 778.108, 778.109 and 778.200 to 778.225), from 2020-01-15
    """
    if second < first:
        raise ValueError(f"{second} is before {first}; give the earlier day first")
    found: list[Change] = []
    for pack in layers:
        for parameter in pack.parameters.values():
            before, after = (in_force(parameter.values, day) for day in (first, second))
            if _said(before) != _said(after):
                found.append(Change(parameter, before, after))
    return found


def _said(value: DatedValue | None) -> tuple[object, ...] | None:
    return None if value is None else (value.value, value.citation, value.note)


def _told(value: DatedValue) -> str:
    return f"{plain(value.value)} ({value.citation})"
