"""Refusals a caller can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class SchedulerError(Exception):
    """An action was refused, and nothing was changed.

    Parameters
    ----------
    code
        Stable snake_case identifier; `api/errors.py` maps it to a status and a sentence.
    facts
        JSON-ready facts that name the field, the value and what would do.

    Examples
    --------
    >>> str(SchedulerError("roster_already_published", roster="w48"))
    "roster_already_published (roster='w48')"
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code


@dataclass(frozen=True, slots=True)
class FieldError:
    """One value that cannot be accepted.

    Parameters
    ----------
    field
        Path of the field in the reader's words, such as ``employees[3].zone`` or a CSV column name.
    value
        The offending value as given.
    problem
        What is wrong with it.
    hint
        What would do instead.
    line
        1-based line of the file (or row of the sheet), where there is one.
    """

    field: str
    value: str
    problem: str
    hint: str
    line: int | None = None


class InvalidInput(SchedulerError):
    """Input was refused as a whole; every bad value is listed in ``errors``."""

    def __init__(self, errors: Iterable[FieldError], code: str = "invalid_input") -> None:
        self.errors = tuple(errors)
        super().__init__(code, count=len(self.errors), first=self.errors[0].problem if self.errors else "")
