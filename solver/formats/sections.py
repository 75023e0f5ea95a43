"""Text in sections: a record a line, fields between commas, comments after ``#``; what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from solver.problem import Fault, ProblemError

T = TypeVar("T")

MOST = 1_000_000
"""Of people, minutes, tasks and weights; more is a slip of the pen."""


class WrongField(Exception):
    """A field that makes no sense, with what would do."""

    def __init__(self, value: str, message: str) -> None:
        super().__init__(message)
        self.value = value
        self.message = message


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its number in the file and its fields."""

    number: int
    fields: tuple[str, ...]

    def text(self, place: int, what: str) -> str:
        """A field that may not be empty."""
        if place >= len(self.fields) or not self.fields[place]:
            raise WrongField(",".join(self.fields), f"has no {what}, field {place + 1}")
        return self.fields[place]

    def whole(self, place: int, what: str, *, least: int = 0, most: int = MOST) -> int:
        """A field that is a number."""
        return whole(self.text(place, what), what, least=least, most=most)

    def one_of(self, place: int, what: str, known: Collection[str]) -> str:
        """A field that names something of the file."""
        return one_of(self.text(place, what), what, known)


def whole(text: str, what: str, *, least: int = 0, most: int = MOST) -> int:
    """A number from ``least`` to ``most``.

    Raises
    ------
    WrongField
        If it is none.
    """
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise WrongField(text, f"is no {what}; use a whole number from {least} to {most}")
    return int(text)


def one_of(text: str, what: str, known: Collection[str]) -> str:
    """One of the names.

    Raises
    ------
    WrongField
        If it is none.
    """
    if text not in known:
        raise WrongField(text, f"is no {what} of the file; there are {', '.join(known)}")
    return text


class Sections:
    """The records of each section of a text; what is wrong is gathered, at most one fault a line.

    Parameters
    ----------
    text
        The file.
    names
        Of the sections, all of which are to be there.

    Examples
    --------
    >>> sections = Sections('''SECTION_STAFF  # name, age
    ... ann,40
    ... bo,old''', ["SECTION_STAFF", "SECTION_COVER"])
    >>> sections.each("SECTION_STAFF", lambda line: line.whole(1, "age"))
    [40]
    >>> [str(fault) for fault in sections.faults]  # doctest: +NORMALIZE_WHITESPACE
    ['SECTION_COVER = None: is missing',
     "line 3 = 'old': is no age; use a whole number from 0 to 1000000"]
    """

    def __init__(self, text: str, names: Sequence[str]) -> None:
        """Split the text."""
        self.faults: list[Fault] = []
        self._lines: dict[str, list[Line]] = {}
        section: list[Line] | None = None
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
            content = line.partition("#")[0].strip()
            if content in names:
                section = self._lines.setdefault(content, [])
            elif content and (section is None or content.startswith("SECTION_")):
                message = f"is no section; there are {', '.join(names)}"
                self.faults.append(Fault(f"line {number}", content, message))
            elif content and section is not None:
                section.append(Line(number, tuple(field.strip() for field in content.split(","))))
        self.faults += [Fault(name, None, "is missing") for name in names if name not in self._lines]

    def lines(self, section: str) -> Sequence[Line]:
        """The records as they are."""
        return self._lines.get(section, ())

    def each(self, section: str, read: Callable[[Line], T]) -> list[T]:
        """What the records say, without those that make no sense."""
        return list(self._read(section, read))

    def _read(self, section: str, read: Callable[[Line], T]) -> Iterator[T]:
        for line in self.lines(section):
            try:
                yield read(line)
            except WrongField as wrong:
                self.faults.append(Fault(f"line {line.number}", wrong.value, wrong.message))

    def number(self, section: str, what: str, most: int) -> int:
        """The one number of a section, 1 or more; ``most`` where it has none, which is a fault."""
        found = self.each(section, lambda line: line.whole(0, what, least=1, most=most))
        if section in self._lines and not self._lines[section]:
            self.faults.append(Fault(section, None, f"has no {what}"))
        return found[0] if found else most

    def unique(self, section: str, names: Sequence[str]) -> None:
        """Names that are there more than once are a fault."""
        known: set[str] = set()
        for name in names:
            if name in known:
                self.faults.append(Fault(section, name, "is there more than once"))
            known.add(name)

    def check(self) -> None:
        """Raise everything that is wrong.

        Raises
        ------
        ProblemError
            If anything is.
        """
        if self.faults:
            raise ProblemError(self.faults)
