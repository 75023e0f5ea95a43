"""A question that a law can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scheduler.law.values import Name, Value

Better = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that a law can answer with a value.

    Parameters
    ----------
    id
        snake_case, for ever.
    kind
        Type of its values.
    better
        Which value favours the worker: ``more`` (of a rest, a break, a window of protected time) or
        ``less`` (of a limit). None where values cannot be ranked; then the nearest layer decides.
    label
        What the value is, for tables.
    choices
        The names it knows, where its values are names.
    """

    id: str
    kind: type[Value]
    better: Better | None
    label: str
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> Value:
        """A value from its text, as packs write it.

        Raises
        ------
        ValueError
            If it is none: what it is not, and, after a semicolon, what to write.

        Examples
        --------
        >>> from scheduler.law.values import Duration
        >>> Topic("day_max", Duration, "less", "longest day").read("8 h")
        Duration(minutes=480)
        """
        value = self.kind.parse(text)
        if isinstance(value, Name) and value.text not in self.choices:
            raise ValueError(f"{text!r} is not one of {', '.join(self.choices)}")
        return value
